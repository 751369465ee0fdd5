package main

import (
	"runtime/debug"
	"strings"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/export"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// questions reads the saved questions of the workspace.
func questions(s *session) (question.Set, error) {
	directory, err := workspace.OpenDirectory(s.Workspace)
	if err != nil {
		return nil, nil // workspace.Read says what is wrong with the directory
	}
	defer directory.Close()
	return question.Read(directory, graph.Schema(), export.Reserved())
}

// readWorkspace reads the workspace for commands that need no saved question: a fault in
// one is a fault of the workspace only where a dashboard shows it.
func readWorkspace(s *session) (*workspace.Workspace, error) {
	questions, _ := questions(s)
	return workspace.Read(s.Workspace, questions)
}

// handlers makes the handlers that answer questions: the API, and answers as files.
func handlers(s *session, w *workspace.Workspace, questions question.Set, config graph.Config) (*graph.Server, *export.Exporter) {
	config.Logger, config.Stopping = s.log, s.ctx
	api := graph.New(config)
	return api, export.New(export.Config{
		Server: api, Questions: questions, Title: w.Title, Edition: build(), Logger: s.log,
	})
}

// keepAnswers makes the memory for answers; nil where none are to be kept.
func keepAnswers(s *session) (*kept.Answers[catalogue.Calendar], error) {
	if s.MemoryAnswers == 0 {
		return nil, nil
	}
	return kept.New[catalogue.Calendar](s.MemoryAnswers << 20)
}

// build identifies the build of the program: version, Go version and, where known,
// revision and time.
func build() string {
	parts := []string{version}
	if info, ok := debug.ReadBuildInfo(); ok {
		parts = append(parts, info.GoVersion)
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" || setting.Key == "vcs.time" {
				parts = append(parts, setting.Value)
			}
		}
	}
	return strings.Join(parts, " ")
}
