// Command bare is what the bench holds our server against: a server in gqlgen whose answers lie
// ready, nested as ours or flat, and one as most would write it on ClickHouse.
//
// It prints its address once it serves, and ends when it is interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

func main() {
	answers := flag.String("answers", "", "`file` of the answers that lie ready, a line of JSON each; without it the server asks BENCH_DSN")
	flag.Parse()
	if err := run(*answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(answers string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	schema, err := open(answers)
	if err != nil {
		return err
	}
	// As gqlgen's own server is set up by default, less what a benchmark does not ask for.
	server := handler.New(schema)
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	mux := http.NewServeMux()
	mux.Handle("/graphql", server)
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	serving := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = serving.Close() }) // nobody waits for the rest
	if err := serving.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func open(answers string) (graphql.ExecutableSchema, error) {
	if answers == "" {
		return openPlain(os.Getenv("BENCH_DSN"))
	}
	return openReady(answers)
}
