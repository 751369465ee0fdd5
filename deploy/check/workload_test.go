package check_test

import (
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

func TestEveryPodIsConfined(t *testing.T) {
	for name, values := range map[string]string{"defaults": defaults, "server": onServer, "published": published, "bare": bare} {
		m := installed(t, values)
		template, selector := m.pod()
		pod, container := template.Spec, template.Spec.Containers[0]
		if s := pod.SecurityContext; !*s.RunAsNonRoot || *s.RunAsUser != 65532 || *s.RunAsGroup != 65532 || *s.FSGroup != 65532 || s.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
			t.Errorf("%s: the pod runs as %v", name, s)
		}
		if s := container.SecurityContext; *s.AllowPrivilegeEscalation || !*s.ReadOnlyRootFilesystem || !slices.Equal(s.Capabilities.Drop, []corev1.Capability{"ALL"}) || len(s.Capabilities.Add) > 0 {
			t.Errorf("%s: the container runs with %v", name, s)
		}
		if *pod.AutomountServiceAccountToken || *pod.EnableServiceLinks {
			t.Errorf("%s: the pod has a token, or variables that look like settings", name)
		}
		if account := kind[*corev1.ServiceAccount](m); account != nil && (*account.AutomountServiceAccountToken || account.Name != pod.ServiceAccountName) {
			t.Errorf("%s: the account %s has a token, or the pod another: %s", name, account.Name, pod.ServiceAccountName)
		}
		if container.StartupProbe.HTTPGet.Path != "/healthz" || container.LivenessProbe.HTTPGet.Path != "/healthz" || container.ReadinessProbe.HTTPGet.Path != "/readyz" {
			t.Errorf("%s: the probes ask elsewhere", name)
		}
		if container.Resources.Limits.Memory().IsZero() || container.Resources.Requests.Cpu().IsZero() {
			t.Errorf("%s: the resources are %v", name, container.Resources)
		}
		service := kind[*corev1.Service](m)
		for _, labels := range []map[string]string{selector, service.Spec.Selector} {
			for key, value := range labels {
				if template.Labels[key] != value {
					t.Errorf("%s: the pod has no label %s=%s", name, key, value)
				}
			}
		}
		if service.Spec.Ports[0].TargetPort.StrVal != container.Ports[0].Name {
			t.Errorf("%s: the service leads to the port %s", name, service.Spec.Ports[0].TargetPort.StrVal)
		}
		m.everyMountHasItsVolume(name)
	}
}

// everyMountHasItsVolume also looks into the ConfigMap.
func (m *manifests) everyMountHasItsVolume(name string) {
	template, _ := m.pod()
	volumes := map[string]bool{}
	settings := kind[*corev1.ConfigMap](m)
	for _, volume := range template.Spec.Volumes {
		volumes[volume.Name] = true
		if volume.ConfigMap == nil {
			continue
		}
		for _, item := range volume.ConfigMap.Items {
			if _, ok := settings.Data[item.Key]; !ok || volume.ConfigMap.Name != settings.Name {
				m.t.Errorf("%s: the ConfigMap %s has no %s", name, volume.ConfigMap.Name, item.Key)
			}
		}
	}
	if set := kind[*appsv1.StatefulSet](m); set != nil {
		for _, claim := range set.Spec.VolumeClaimTemplates {
			volumes[claim.Name] = true
		}
	}
	for _, mount := range template.Spec.Containers[0].VolumeMounts {
		if !volumes[mount.Name] {
			m.t.Errorf("%s: nothing is mounted at %s", name, mount.MountPath)
		}
		if writable := mount.Name == "data" || mount.Name == "tmp"; mount.ReadOnly == writable {
			m.t.Errorf("%s: %s is read-only: %v", name, mount.MountPath, mount.ReadOnly)
		}
	}
}

// An embedded engine is one program with a volume of its own.
func TestEmbedded(t *testing.T) {
	m := installed(t, defaults)
	set := kind[*appsv1.StatefulSet](m)
	if set == nil || kind[*appsv1.Deployment](m) != nil || *set.Spec.Replicas != 1 || len(set.Spec.VolumeClaimTemplates) != 1 {
		t.Fatalf("the workload is %v", set)
	}
	if set.Spec.ServiceName != kind[*corev1.Service](m).Name || set.Spec.PersistentVolumeClaimRetentionPolicy.WhenDeleted != appsv1.RetainPersistentVolumeClaimRetentionPolicyType {
		t.Error("the set has another service, or its data are deleted with it")
	}
	container := set.Spec.Template.Spec.Containers[0]
	if container.Image != "registry.example.org/niengiam:"+version(t) || !slices.Equal(container.Args, []string{"serve", "--load", "--config", "/etc/niengiam/niengiam.yaml"}) {
		t.Errorf("it runs %s with %v", container.Image, container.Args)
	}
	if kind[*networkingv1.Ingress](m) != nil {
		t.Error("there is an Ingress by default")
	}
	policy := kind[*networkingv1.NetworkPolicy](m)
	if len(policy.Spec.PolicyTypes) != 2 || len(policy.Spec.Egress) != 1 || policy.Spec.Egress[0].Ports[0].Port.IntValue() != 53 || len(policy.Spec.Ingress[0].From) != 0 {
		t.Errorf("by default the network is %v", policy.Spec)
	}
}

// On a server the address comes from a Secret, and is nowhere else.
func TestOnAServer(t *testing.T) {
	m := installed(t, onServer)
	deployment := kind[*appsv1.Deployment](m)
	if deployment == nil || kind[*appsv1.StatefulSet](m) != nil || *deployment.Spec.Replicas != 1 || deployment.Spec.Strategy.Type != appsv1.RecreateDeploymentStrategyType {
		t.Fatalf("the workload is %v", deployment)
	}
	pod := deployment.Spec.Template.Spec
	var dsn *corev1.SecretKeySelector
	for _, env := range pod.Containers[0].Env {
		if env.Name == "NIENGIAM_WAREHOUSE_DSN" {
			dsn = env.ValueFrom.SecretKeyRef
		}
	}
	if dsn == nil || dsn.Name != "clickhouse" || dsn.Key != "dsn" {
		t.Errorf("the address comes from %v", dsn)
	}
	if claim := kind[*corev1.PersistentVolumeClaim](m); claim == nil || claim.Annotations["helm.sh/resource-policy"] != "keep" || *claim.Spec.StorageClassName != "slow" || claim.Spec.Resources.Requests.Storage().String() != "5Gi" {
		t.Errorf("the claim is %v", claim)
	}
	if image := pod.Containers[0].Image; !strings.HasPrefix(image, "registry.example.org/niengiam@sha256:") || pod.ImagePullSecrets[0].Name != "registry" {
		t.Errorf("it runs %s", image)
	}
	policy := kind[*networkingv1.NetworkPolicy](m)
	if out := policy.Spec.Egress[1]; out.Ports[0].Port.IntValue() != 9440 || out.To[0].PodSelector.MatchLabels["app"] != "clickhouse" {
		t.Errorf("the program reaches %v", out)
	}
	m = installed(t, bare)
	if kind[*networkingv1.NetworkPolicy](m) != nil || kind[*corev1.ServiceAccount](m) != nil || kind[*corev1.PersistentVolumeClaim](m) != nil {
		t.Error("what is turned off is there")
	}
	template, _ := m.pod()
	if claim := template.Spec.Volumes[len(template.Spec.Volumes)-1]; claim.PersistentVolumeClaim.ClaimName != "files" || template.Spec.ServiceAccountName != "default" {
		t.Errorf("the data are on %v", claim)
	}
}

// Where it is published, it is known under every name by which requests come.
func TestPublished(t *testing.T) {
	m := installed(t, published)
	ingress := kind[*networkingv1.Ingress](m)
	rule := ingress.Spec.Rules[0]
	if rule.Host != "yearbook.example.org" || rule.HTTP.Paths[0].Backend.Service.Name != kind[*corev1.Service](m).Name || ingress.Spec.TLS[0].SecretName != "yearbook-tls" || *ingress.Spec.IngressClassName != "nginx" {
		t.Errorf("the Ingress is %v", ingress.Spec)
	}
	template, _ := m.pod()
	hosts := "yearbook-niengiam,yearbook-niengiam.office,yearbook-niengiam.office.svc,yearbook-niengiam.office.svc.cluster.local,yearbook.example.org,yearbook.internal"
	if got := template.Spec.Containers[0].Env[0]; got.Name != "NIENGIAM_HOSTS" || got.Value != hosts {
		t.Errorf("it is known under %s, want %s", got.Value, hosts)
	}
	policy := kind[*networkingv1.NetworkPolicy](m).Spec
	if policy.Ingress[0].From[0].NamespaceSelector.MatchLabels["name"] != "ingress" || policy.Egress[1].Ports[0].Port.IntValue() != 587 {
		t.Errorf("the network is %v", policy)
	}
}
