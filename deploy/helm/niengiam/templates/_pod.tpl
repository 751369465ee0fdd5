{{- /* The pod, for a Deployment and a StatefulSet. */}}
{{- define "niengiam.pod" -}}
metadata:
  labels:
    {{- include "niengiam.selector" . | nindent 4 }}
    {{- with .Values.podLabels }}{{ toYaml . | nindent 4 }}{{ end }}
  annotations:
    # A changed setting or workspace starts the program anew.
    checksum/config: {{ include (print .Template.BasePath "/configmap.yaml") . | sha256sum }}
    {{- with .Values.podAnnotations }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  serviceAccountName: {{ include "niengiam.serviceAccount" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 30
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    fsGroup: 65532
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: niengiam
      image: {{ include "niengiam.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [serve{{ if .Values.load }}, --load{{ end }}, --config, /etc/niengiam/niengiam.yaml]
      env:
        - name: NIENGIAM_HOSTS
          value: {{ include "niengiam.hosts" . | quote }}
        {{- if eq .Values.warehouse.kind "server" }}
        - name: NIENGIAM_WAREHOUSE_DSN
          valueFrom:
            secretKeyRef:
              name: {{ .Values.warehouse.server.secretName | quote }}
              key: {{ .Values.warehouse.server.secretKey | quote }}
        {{- end }}
        {{- with .Values.extraEnv }}{{ toYaml . | nindent 8 }}{{ end }}
      ports:
        - {name: http, containerPort: 8080, protocol: TCP}
      startupProbe:
        httpGet: {path: /healthz, port: http}
        periodSeconds: 5
        failureThreshold: {{ div (add (int .Values.probes.startupSeconds) 4) 5 }}
      livenessProbe:
        httpGet: {path: /healthz, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /readyz, port: http}
        periodSeconds: 5
        timeoutSeconds: 3
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        - {name: data, mountPath: /var/lib/niengiam}
        - {name: workspace, mountPath: /workspace, readOnly: true}
        - {name: settings, mountPath: /etc/niengiam, readOnly: true}
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: settings
      configMap:
        name: {{ include "niengiam.fullname" . }}
        items:
          - {key: settings, path: niengiam.yaml}
    - name: tmp
      emptyDir: {sizeLimit: 64Mi}
    - name: workspace
      {{- if .Values.workspace.files }}
      configMap:
        name: {{ include "niengiam.fullname" . }}
        items:
          {{- range $path, $_ := .Values.workspace.files }}
          - key: {{ printf "workspace-%s" (sha256sum $path | trunc 16) }}
            path: {{ $path | quote }}
          {{- end }}
      {{- else if .Values.workspace.existingClaim }}
      persistentVolumeClaim:
        claimName: {{ .Values.workspace.existingClaim | quote }}
        readOnly: true
      {{- else }}
      {{- toYaml .Values.workspace.volume | nindent 6 }}
      {{- end }}
    {{- if eq .Values.warehouse.kind "server" }}
    - name: data
      persistentVolumeClaim:
        claimName: {{ .Values.persistence.existingClaim | default (include "niengiam.fullname" .) | quote }}
    {{- end }}
  nodeSelector:
    kubernetes.io/os: linux
    kubernetes.io/arch: amd64
    {{- with .Values.nodeSelector }}{{ toYaml . | nindent 4 }}{{ end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity: {{ toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
