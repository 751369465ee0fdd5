package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/number"
)

// BadQuestion: a saved question of the workspace got no answer.
const BadQuestion number.Code = "BAD_QUESTION"

// welcomeQuestions is how many saved questions the welcome asks.
const welcomeQuestions = 3

// reply is what the welcome reads of an answer: the rows of its first field.
type reply struct {
	Data map[string]struct {
		Rows []struct {
			Rank *int
			Unit struct{ Name string }
			Text string
		}
	}
	Errors []struct{ Message string }
}

// welcome asks the first saved questions of the workspace over HTTP, as any
// caller would, and prints their answers: in Vietnamese, or in English where the workspace
// has its title in that alone.
func welcome(s *session, address string, title number.Text) error {
	language := "vi"
	if title.Lacks(number.Vietnamese) {
		language = "en"
	}
	directory, err := workspace.OpenDirectory(s.Workspace)
	if err != nil {
		return err
	}
	defer directory.Close()
	files, err := fs.Glob(directory, path.Join(question.Folder, "*.graphql"))
	if err != nil {
		return fmt.Errorf("look for saved questions: %w", err)
	}
	for _, file := range files[:min(welcomeQuestions, len(files))] {
		text, err := directory.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read a saved question: %w", err)
		}
		if err := welcomeQuestion(s, address+"/graphql?lang="+language, path.Base(file), string(text)); err != nil {
			return err
		}
	}
	return nil
}

func welcomeQuestion(s *session, address, file, question string) error {
	answer, err := ask(s.ctx, address, question)
	switch {
	case err != nil:
		return err
	case len(answer.Errors) > 0:
		return &number.Error{Code: BadQuestion, Where: file, Message: number.EnglishOnly("%s", answer.Errors[0].Message)}
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(question, "# "), "\n")
	fmt.Fprintf(s.out, "\n%s\n", title)
	for _, field := range answer.Data {
		for _, row := range field.Rows {
			rank := ""
			if row.Rank != nil {
				rank = fmt.Sprintf("%d. ", *row.Rank)
			}
			fmt.Fprintf(s.out, "  %s%s: %s\n", rank, row.Unit.Name, row.Text)
		}
	}
	return nil
}

// ask puts one question to the API at an address.
func ask(ctx context.Context, address, question string) (reply, error) {
	var answer reply
	body, err := json.Marshal(map[string]string{"query": question})
	if err != nil {
		return answer, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return answer, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, fmt.Errorf("ask a saved question: %w", err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return answer, fmt.Errorf("read the answer to a saved question: %w", err)
	}
	return answer, nil
}
