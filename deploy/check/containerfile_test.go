package check_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// containerfile is a Containerfile, read by the parser of BuildKit.
type containerfile struct {
	stages []instructions.Stage
}

func readContainerfile(t *testing.T) *containerfile {
	t.Helper()
	file, err := os.Open("../container/Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	parsed, err := parser.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, warning := range parsed.Warnings {
		t.Errorf("the Containerfile: %+v", warning)
	}
	stages, _, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &containerfile{stages}
}

// last is the stage that becomes the image.
func (c *containerfile) last() instructions.Stage { return c.stages[len(c.stages)-1] }

// is reports whether a name is that of a stage.
func (c *containerfile) is(stage string) bool {
	return slices.ContainsFunc(c.stages, func(s instructions.Stage) bool { return s.Name == stage })
}

// one returns the only instruction of a kind in a stage.
func one[T instructions.Command](t *testing.T, stage instructions.Stage) T {
	t.Helper()
	var found []T
	for _, command := range stage.Commands {
		if c, ok := command.(T); ok {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the stage from %s has %d instructions of type %T, not one", stage.BaseName, len(found), *new(T))
	}
	return found[0]
}

// environment is that of a stage.
func environment(stage instructions.Stage) []string {
	var env []string
	for _, command := range stage.Commands {
		if c, ok := command.(*instructions.EnvCommand); ok {
			for _, pair := range c.Env {
				env = append(env, pair.String())
			}
		}
	}
	return env
}

// pinned is an image with a version, at least to the minor.
var pinned = regexp.MustCompile(`^[a-z0-9.-]+/[a-z0-9./-]+:\d+\.\d+(\.\d+)*(-[a-z0-9]+)*$`)

func TestBaseImagesArePinned(t *testing.T) {
	c := readContainerfile(t)
	for _, stage := range c.stages {
		if stage.BaseName != "scratch" && !c.is(stage.BaseName) && !pinned.MatchString(stage.BaseName) {
			t.Errorf("FROM %s names no version", stage.BaseName)
		}
	}
	// Go of the image is not older than go.mod asks for.
	wanted := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, top+"/go.mod"))[1]
	if !strings.Contains(c.stages[0].BaseName, "golang:"+wanted+".") {
		t.Errorf("go.mod wants Go %s, the image has %s", wanted, c.stages[0].BaseName)
	}
}

// The image runs one program, without rights, and needs no shell for anything.
func TestTheImageRunsTheProgramAlone(t *testing.T) {
	image := readContainerfile(t).last()
	if image.BaseName != "scratch" {
		t.Errorf("the image is made from %s", image.BaseName)
	}
	if user := one[*instructions.UserCommand](t, image).User; !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) {
		t.Errorf("the user is %q; Kubernetes can only tell of a number that it is not root", user)
	}
	entry, command, health := one[*instructions.EntrypointCommand](t, image), one[*instructions.CmdCommand](t, image), one[*instructions.HealthCheckCommand](t, image).Health
	if entry.PrependShell || command.PrependShell || health.Test[0] != "CMD" {
		t.Errorf("a shell is needed for %v %v or %v", entry.CmdLine, command.CmdLine, health.Test)
	}
	if health.Test[1] != entry.CmdLine[0] {
		t.Errorf("the health check runs %s, not the program", health.Test[1])
	}
	for _, c := range image.Commands {
		switch c.(type) {
		case *instructions.RunCommand, *instructions.AddCommand:
			t.Errorf("the last stage has %s", c)
		}
	}
	taken(t, command.CmdLine, environment(image))
	taken(t, []string{"serve"}, environment(image))
	if label := one[*instructions.LabelCommand](t, image).Labels; !slices.ContainsFunc(label, func(l instructions.KeyValuePair) bool {
		return l.Key == "org.opencontainers.image.version" && strings.Trim(l.Value, `"`) == version(t)
	}) {
		t.Errorf("the labels %v have not the version %s", label, version(t))
	}
}

// What the image declares for its data is where the program writes, and a volume.
func TestDataAreOnAVolume(t *testing.T) {
	image := readContainerfile(t).last()
	env := environment(image)
	volumes := one[*instructions.VolumeCommand](t, image).Volumes
	if len(volumes) != 1 || !slices.Contains(env, "NIENGIAM_DATA="+volumes[0]) {
		t.Errorf("the volumes are %v, the environment is %v", volumes, env)
	}
	if ports := one[*instructions.ExposeCommand](t, image).Ports; len(ports) != 1 || !slices.Contains(env, "NIENGIAM_ADDR=0.0.0.0:"+ports[0]) {
		t.Errorf("the ports are %v, the environment is %v", ports, env)
	}
	if dir := one[*instructions.WorkdirCommand](t, image).Path; !path.IsAbs(dir) {
		t.Errorf("the working directory is %s", dir)
	}
}
