{{- /* What a schema cannot say well: values that need one another. */}}
{{- define "niengiam.check" -}}
{{- $problems := list -}}
{{- if not .Values.image.repository }}
{{- $problems = append $problems "image.repository: no image is published; build one with deploy/container/Containerfile, push it to a registry of yours and name it here" }}
{{- end }}
{{- $given := 0 }}
{{- range list .Values.workspace.files .Values.workspace.existingClaim .Values.workspace.volume }}{{ if . }}{{ $given = add $given 1 }}{{ end }}{{ end }}
{{- if ne (int $given) 1 }}
{{- $problems = append $problems "workspace: give one of files, existingClaim and volume" }}
{{- end }}
{{- if and .Values.workspace.files (not (hasKey .Values.workspace.files "niengiam.yaml")) }}
{{- $problems = append $problems "workspace.files: niengiam.yaml is missing" }}
{{- end }}
{{- range $path, $_ := .Values.workspace.files }}
{{- if not (regexMatch "^[^/.][^/]*(/[^/.][^/]*)*$" $path) }}
{{- $problems = append $problems (printf "workspace.files: %q is no path within the workspace" $path) }}
{{- end }}
{{- end }}
{{- if and (eq .Values.warehouse.kind "server") (not .Values.warehouse.server.secretName) }}
{{- $problems = append $problems "warehouse.server.secretName: the Secret with the address of the ClickHouse server" }}
{{- end }}
{{- if and (eq .Values.warehouse.kind "embedded") .Values.warehouse.server.secretName }}
{{- $problems = append $problems "warehouse.kind: it is embedded, and a Secret of a server is given; did you mean server?" }}
{{- end }}
{{- if and (eq .Values.warehouse.kind "embedded") .Values.persistence.existingClaim }}
{{- $problems = append $problems "persistence.existingClaim: for warehouse.kind server alone; a StatefulSet makes its claim" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- $problems = append $problems "ingress.host: the name of the site" }}
{{- end }}
{{- range $key := list "addr" "data" "workspace" "load" "hosts" "config" }}
{{- if hasKey $.Values.settings $key }}
{{- $problems = append $problems (printf "settings.%s: the chart sets it" $key) }}
{{- end }}
{{- end }}
{{- range $key := list "warehouse-dsn" "warehouse" "sql-password" "sql" }}
{{- if hasKey $.Values.settings $key }}
{{- $problems = append $problems (printf "settings.%s: a ConfigMap is no place for a password; use warehouse.server.secretName or extraEnv with a Secret, and flags by their full names" $key) }}
{{- end }}
{{- end }}
{{- if $problems }}
{{- fail (printf "\n  %s" (join "\n  " $problems)) }}
{{- end }}
{{- end }}
