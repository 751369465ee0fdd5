package check_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

const composeFolder = "../container/"

// operator is what whoever runs the server puts into .env.
func operator() []string {
	return []string{"NIENGIAM_SITE=yearbook.example.org", "NIENGIAM_PROGRAM_SHA256=of-the-program", "NIENGIAM_ANALYST_SHA256=of-the-analyst", "NIENGIAM_READER_SHA256=of-the-reader"}
}

// loadCompose reads a Compose file as docker compose does: a key that is none is a fault.
func loadCompose(t *testing.T, file string, env []string) (*types.Project, error) {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{composeFolder + file}, cli.WithEnv(env), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

// composed loads both files.
func composed(t *testing.T) map[string]*types.Project {
	t.Helper()
	projects := map[string]*types.Project{}
	for _, file := range []string{"compose.yaml", "compose.server.yaml"} {
		project, err := loadCompose(t, file, operator())
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		projects[file] = project
	}
	return projects
}

func TestComposeFilesAreReadStrictly(t *testing.T) {
	composed(t)
	if _, err := loadCompose(t, "compose.server.yaml", nil); err == nil || !strings.Contains(err.Error(), "NIENGIAM_") {
		t.Errorf("without .env it is read, or the fault names no variable: %v", err)
	}
	mistyped := filepath.Join(t.TempDir(), "compose.yaml")
	text := strings.Replace(read(t, composeFolder+"compose.yaml"), "read_only: true\n    cap_drop", "readonly: true\n    cap_drop", 1)
	if err := os.WriteFile(mistyped, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	options, err := cli.NewProjectOptions([]string{mistyped})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := options.LoadProject(t.Context()); err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a mistyped key is not refused: %v", err)
	}
}

// What is mounted from the project is there. What the operator writes is there for nobody else:
// it is neither committed nor sent to a build.
func TestWhatIsMountedIsThere(t *testing.T) {
	ignored := read(t, top+"/.gitignore") + read(t, "../container/Containerfile.dockerignore")
	for file, project := range composed(t) {
		mounts := 0
		for _, service := range project.Services {
			for _, volume := range service.Volumes {
				switch volume.Type {
				case types.VolumeTypeBind:
					mounts++
					if _, err := os.Stat(volume.Source); err != nil {
						t.Errorf("%s: %s mounts %v", file, service.Name, err)
					}
					if !volume.ReadOnly {
						t.Errorf("%s: %s may write to %s", file, service.Name, volume.Source)
					}
				case types.VolumeTypeVolume:
					if _, ok := project.Volumes[volume.Source]; !ok {
						t.Errorf("%s: %s mounts the volume %s, which there is none of", file, service.Name, volume.Source)
					}
				default:
					t.Errorf("%s: %s mounts a %s", file, service.Name, volume.Type)
				}
			}
			if service.Build != nil {
				if _, err := os.Stat(filepath.Join(service.Build.Context, service.Build.Dockerfile)); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
		if mounts == 0 {
			t.Errorf("%s mounts nothing of the project", file)
		}
		for _, secret := range project.Secrets {
			if name := "deploy/container/" + filepath.Base(secret.File); strings.Count(ignored, name) != 2 {
				t.Errorf("%s is not ignored by git and by builds", name)
			}
		}
	}
}

// secret is how a variable with a secret is called.
var secret = regexp.MustCompile(`PASSWORD|SECRET|TOKEN|DSN|SHA256|KEY`)

func TestNoSecretInComposeFiles(t *testing.T) {
	for file, project := range composed(t) {
		for _, service := range project.Services {
			for name, value := range service.Environment {
				if secret.MatchString(name) && (value == nil || !slices.Contains(operator(), name+"="+*value)) {
					t.Errorf("%s: %s has a value of its own for %s", file, service.Name, name)
				}
			}
		}
		if found := regexp.MustCompile(`\w+://[^/\s]*:[^/\s]*@`).FindString(read(t, composeFolder+file)); found != "" {
			t.Errorf("%s has a password in an address: %s", file, found)
		}
	}
}

func TestServicesArePinnedAndConfined(t *testing.T) {
	image := readContainerfile(t).last()
	for file, project := range composed(t) {
		for _, service := range project.Services {
			own := service.Build != nil
			if own && service.Image != "niengiam:"+version(t) || !own && !pinned.MatchString(service.Image) {
				t.Errorf("%s: %s runs %s", file, service.Name, service.Image)
			}
			if !slices.Contains(service.SecurityOpt, "no-new-privileges:true") || service.MemLimit == 0 || service.Restart != "unless-stopped" || service.Privileged {
				t.Errorf("%s: %s is not confined", file, service.Name)
			}
			if service.Name != "clickhouse" && (!service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"})) {
				t.Errorf("%s: %s may write to its root, or has capabilities", file, service.Name)
			}
			if !own {
				continue
			}
			if health := one[*instructions.HealthCheckCommand](t, image).Health; !slices.Equal(service.HealthCheck.Test, health.Test) {
				t.Errorf("%s: the health check is %v, that of the image %v", file, service.HealthCheck.Test, health.Test)
			}
			if user := one[*instructions.UserCommand](t, image).User; service.User != user {
				t.Errorf("%s: the user is %s, that of the image %s", file, service.User, user)
			}
			data := one[*instructions.VolumeCommand](t, image).Volumes[0]
			if !slices.ContainsFunc(service.Volumes, func(v types.ServiceVolumeConfig) bool { return v.Target == data && !v.ReadOnly }) {
				t.Errorf("%s: %s is on no volume", file, data)
			}
		}
	}
}

// On one machine nobody else reaches the program; beside a server it is reached through the proxy
// alone, under the name of the site, and the server by the program alone.
func TestWhoReachesWhom(t *testing.T) {
	projects := composed(t)
	for _, port := range projects["compose.yaml"].Services["niengiam"].Ports {
		if port.HostIP != "127.0.0.1" {
			t.Errorf("compose.yaml listens on %s", port.HostIP)
		}
	}
	server := projects["compose.server.yaml"]
	for name, service := range server.Services {
		if (len(service.Ports) > 0) != (name == "proxy") {
			t.Errorf("%s listens on %v", name, service.Ports)
		}
	}
	if networks := slices.Collect(maps.Keys(server.Services["clickhouse"].Networks)); !slices.Equal(networks, []string{"back"}) || !server.Networks["back"].Internal {
		t.Errorf("the server is on %v", networks)
	}
	if _, reached := server.Services["proxy"].Networks["back"]; reached {
		t.Error("the proxy reaches the server")
	}
	if hosts := server.Services["niengiam"].Environment["NIENGIAM_HOSTS"]; hosts == nil || *hosts != "yearbook.example.org" {
		t.Error("the program does not know the name of the site")
	}
	proxy := read(t, composeFolder+"Caddyfile")
	if !strings.Contains(proxy, "reverse_proxy niengiam:8080 ") || !strings.Contains(proxy, "{$NIENGIAM_SITE} {") {
		t.Error("the proxy does not pass on to the program")
	}
}

// The command lines are the program's own; the settings of the server are a file beside them.
func TestTheProgramTakesItsCommand(t *testing.T) {
	image := readContainerfile(t).last()
	for file, project := range composed(t) {
		service := project.Services["niengiam"]
		env := environment(image)
		for name, value := range service.Environment {
			env = append(env, name+"="+*value)
		}
		args := slices.Clone(service.Command)
		if i := slices.Index(args, "--config"); i >= 0 {
			if args[i+1] != "/run/secrets/"+service.Secrets[0].Source {
				t.Errorf("%s: the settings are %s, the secret is %s", file, args[i+1], service.Secrets[0].Source)
			}
			args[i+1] = filepath.Join(t.TempDir(), "niengiam.yaml")
			if err := os.WriteFile(args[i+1], []byte("warehouse: {dsn: 'clickhouse://niengiam_program:a-password@clickhouse:9000/niengiam'}\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		taken(t, args, env)
	}
}
