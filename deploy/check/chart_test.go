package check_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"
)

const chartFolder = "../helm/niengiam"

// render renders the chart with values as YAML, by Helm's own engine and with its schema.
func render(t *testing.T, values string) (map[string]string, error) {
	t.Helper()
	chart, err := loader.LoadDir(chartFolder)
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]any{}
	if err := yaml.UnmarshalStrict([]byte(values), &given); err != nil {
		t.Fatal(err)
	}
	all, err := util.ToRenderValues(chart, given, common.ReleaseOptions{Name: "yearbook", Namespace: "office", Revision: 1, IsInstall: true}, nil)
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, all)
}

// manifests are the objects of a chart by kind.
type manifests struct {
	t       *testing.T
	objects []runtime.Object
}

// decode reads manifests by the types of Kubernetes: a field that is none, or stands twice, is a fault.
func decode(text string) ([]runtime.Object, error) {
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme.Scheme, scheme.Scheme, json.SerializerOptions{Yaml: true, Strict: true})
	var objects []runtime.Object
	for documents := kubeyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text))); ; {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		if document = bytes.TrimSpace(document); len(document) == 0 {
			continue
		}
		object, _, err := strict.Decode(document, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("%w in\n%s", err, document)
		}
		objects = append(objects, object)
	}
}

// installed renders and decodes the chart with values that are good.
func installed(t *testing.T, values string) *manifests {
	t.Helper()
	files, err := render(t, values)
	if err != nil {
		t.Fatal(err)
	}
	m := &manifests{t: t}
	for name, text := range files {
		if path.Ext(name) != ".yaml" {
			continue
		}
		objects, err := decode(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		m.objects = append(m.objects, objects...)
	}
	return m
}

// kind returns the only object of a type, nil where there is none.
func kind[T runtime.Object](m *manifests) (found T) {
	m.t.Helper()
	count := 0
	for _, object := range m.objects {
		if o, ok := object.(T); ok {
			found = o
			count++
		}
	}
	if count > 1 {
		m.t.Errorf("there are %d objects of type %T", count, found)
	}
	return found
}

// pod is the template of the workload, with the labels by which the workload finds its pods.
func (m *manifests) pod() (corev1.PodTemplateSpec, map[string]string) {
	if set := kind[*appsv1.StatefulSet](m); set != nil {
		return set.Spec.Template, set.Spec.Selector.MatchLabels
	}
	deployment := kind[*appsv1.Deployment](m)
	return deployment.Spec.Template, deployment.Spec.Selector.MatchLabels
}

// The sets of values that are tried; each gives what is needed besides the defaults.
const (
	defaults = `
image: {repository: registry.example.org/niengiam}
workspace: {existingClaim: workspace}
`
	onServer = `
image: {repository: registry.example.org/niengiam, digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000", pullSecrets: [registry]}
workspace: {volume: {nfs: {server: files.example.org, path: /yearbook}}}
warehouse: {kind: server, server: {secretName: clickhouse, port: 9440, to: [{podSelector: {matchLabels: {app: clickhouse}}}]}}
persistence: {storageClass: slow, size: 5Gi}
load: false
serviceAccount: {annotations: {example.org/owner: office}}
`
	published = `
image: {repository: registry.example.org/niengiam, tag: 0.2.0-1}
workspace: {files: {niengiam.yaml: "title: {en: A}\n", catalogue/units.csv: "code,name\n1,\"A: b\"\n"}}
settings: {memory-slices: 512, release-management: view}
hosts: [yearbook.internal]
ingress: {enabled: true, className: nginx, host: yearbook.example.org, tlsSecret: yearbook-tls, annotations: {example.org/a: "1"}}
networkPolicy: {from: [{namespaceSelector: {matchLabels: {name: ingress}}}], egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 587, protocol: TCP}]}]}
extraEnv: [{name: NIENGIAM_SQL_PASSWORD, valueFrom: {secretKeyRef: {name: sql, key: password}}}]
podLabels: {team: office}
podAnnotations: {example.org/b: "2"}
tolerations: [{key: dedicated, operator: Exists}]
affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [fast]}]}]}}}
priorityClassName: high
service: {type: NodePort, port: 8080, annotations: {example.org/c: "3"}}
`
	bare = `
image: {repository: registry.example.org/niengiam}
workspace: {existingClaim: workspace}
networkPolicy: {enabled: false}
serviceAccount: {create: false}
warehouse: {kind: server, server: {secretName: clickhouse}}
persistence: {existingClaim: files}
`
)

func TestChartIsOfThisProgram(t *testing.T) {
	chart, err := loader.LoadDir(chartFolder)
	if err != nil {
		t.Fatal(err)
	}
	if err := chart.Validate(); err != nil {
		t.Error(err)
	}
	if chart.Metadata.AppVersion != version(t) || chart.Metadata.Version != version(t) {
		t.Errorf("the chart is %s for the program %s, which is %s", chart.Metadata.Version, chart.Metadata.AppVersion, version(t))
	}
}

// A manifest with a field that is none is refused, or the tests below would say nothing.
func TestManifestsAreDecodedStrictly(t *testing.T) {
	good := "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ClusterIP}\n"
	if objects, err := decode(good + "---\n" + good); err != nil || len(objects) != 2 {
		t.Errorf("%d objects, %v", len(objects), err)
	}
	for _, bad := range []string{strings.Replace(good, "type:", "typ:", 1), strings.Replace(good, "name: a", "name: a, name: b", 1), strings.Replace(good, "v1", "v2", 1)} {
		if _, err := decode(bad); err == nil {
			t.Errorf("this is decoded:\n%s", bad)
		}
	}
}

// A workspace in values reaches the program file by file, and so do its settings: the program
// reads both.
func TestWorkspaceAndSettingsReachTheProgram(t *testing.T) {
	files, from := map[string]string{}, filepath.Join(top, "examples/angiang")
	err := filepath.WalkDir(from, func(place string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && !slices.Contains([]string{".go", ".md"}, path.Ext(place)) {
			inside, _ := filepath.Rel(from, place)
			files[inside] = read(t, place)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	values, err := yaml.Marshal(map[string]any{
		"image": map[string]any{"repository": "registry.example.org/niengiam"}, "workspace": map[string]any{"files": files},
		"settings": map[string]any{"log-format": "json", "memory-slices": 512, "warehouse-memory": 2048},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := installed(t, string(values))
	config, folder := kind[*corev1.ConfigMap](m), t.TempDir()
	template, _ := m.pod()
	for _, volume := range template.Spec.Volumes {
		if volume.ConfigMap == nil {
			continue
		}
		for _, item := range volume.ConfigMap.Items {
			place := filepath.Join(folder, volume.Name, item.Path)
			if err := errors.Join(os.MkdirAll(filepath.Dir(place), 0o755), os.WriteFile(place, []byte(config.Data[item.Key]), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range files {
		if got := read(t, filepath.Join(folder, "workspace", name)); got != text {
			t.Errorf("%s reaches the program changed", name)
		}
	}
	args := slices.Clone(template.Spec.Containers[0].Args)
	args[len(args)-1] = filepath.Join(folder, "settings", "niengiam.yaml")
	env := environment(readContainerfile(t).last())
	for _, variable := range template.Spec.Containers[0].Env {
		env = append(env, variable.Name+"="+variable.Value)
	}
	taken(t, args, env)
}

func TestBadValuesAreRefused(t *testing.T) {
	for values, want := range map[string]string{
		"":                       "image.repository: no image is published",
		"image: {repository: a}": "workspace: give one of files, existingClaim and volume",
		"image: {repository: a}\nworkspace: {existingClaim: a, volume: {emptyDir: {}}}": "workspace: give one of",
		"workspace: {files: {a.csv: b}}":                                                "workspace.files: niengiam.yaml is missing",
		"workspace: {files: {../a: b}}":                                                 `"../a" is no path within the workspace`,
		"workspace: {files: {a.csv: 1}}":                                                "/workspace/files/a.csv",
		"warehouse: {kind: server}":                                                     "warehouse.server.secretName: the Secret",
		"warehouse: {server: {secretName: a}}":                                          "did you mean server?",
		"warehouse: {kind: embeded}":                                                    "/warehouse/kind",
		"warehouse: {server: {dsn: a}}":                                                 "additional properties 'dsn' not allowed",
		"replicas: 2":                                                                   "additional properties 'replicas' not allowed",
		"persistence: {existingClaim: a}":                                               "persistence.existingClaim: for warehouse.kind server alone",
		"persistence: {size: much}":                                                     "/persistence/size",
		"persistence: {accessModes: [ReadOnlyMany]}":                                    "/persistence/accessModes",
		"ingress: {enabled: true}":                                                      "ingress.host: the name of the site",
		"ingress: {enabled: 'yes'}":                                                     "/ingress/enabled",
		"settings: {addr: ':80'}":                                                       "settings.addr: the chart sets it",
		"settings: {warehouse: {dsn: a}}":                                               "a ConfigMap is no place for a password",
		"settings: {sql-password: a}":                                                   "a ConfigMap is no place for a password",
		"image: {tag: latest}":                                                          "/image/tag",
		"image: {digest: abc}":                                                          "/image/digest",
		"service: {port: 0}":                                                            "/service/port",
		"hosts: ['http://a']":                                                           "/hosts/0",
		"extraEnv: [{value: a}]":                                                        "/extraEnv/0",
	} {
		_, err := render(t, values)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nis refused with %v\nwant %s", values, err, want)
		}
	}
}
