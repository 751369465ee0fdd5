package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is the path of the project, before the path of each of its packages.
const module = "github.com/niengiam/niengiam/"

// room is what is measured of one package, its tests left out.
type room struct {
	path         string // without that of the module
	lines, files int
	loop         []string // the files of the largest group that all use one another, by way of others too
	methods      int
	outside      []string // methods that stand in another file than their type
	exported     int
}

// share is how many percent of the methods stand outside of the file of their type.
func (r *room) share() float64 {
	if r.methods == 0 {
		return 0
	}
	return 100 * float64(len(r.outside)) / float64(r.methods)
}

// listed is what `go list` tells of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	DepOnly                 bool
}

// measure measures the packages of a pattern, those with the most lines first. Generated
// packages, called gen, are left out.
func measure(ctx context.Context, pattern string) ([]*room, error) {
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,DepOnly", pattern)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	var ours []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		exports[p.ImportPath] = p.Export
		if !p.DepOnly && len(p.GoFiles) > 0 && filepath.Base(p.ImportPath) != "gen" {
			ours = append(ours, p)
		}
	}
	set := token.NewFileSet()
	imports := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var rooms []*room
	for _, p := range ours {
		r, err := measured(set, imports, p)
		if err != nil {
			return nil, err
		}
		rooms = append(rooms, r)
	}
	slices.SortFunc(rooms, func(a, b *room) int { return b.lines - a.lines })
	return rooms, nil
}

func measured(set *token.FileSet, imports types.Importer, p listed) (*room, error) {
	r := &room{path: strings.TrimPrefix(p.ImportPath, module), files: len(p.GoFiles)}
	var trees []*ast.File
	for _, name := range p.GoFiles {
		tree, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		r.lines += set.File(tree.Pos()).LineCount()
		trees = append(trees, tree)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	pkg, err := (&types.Config{Importer: imports}).Check(p.ImportPath, set, trees, info)
	if err != nil {
		return nil, err
	}
	fileOf := func(pos token.Pos) string { return filepath.Base(set.Position(pos).Filename) }
	uses := map[string]map[string]bool{}
	for name, object := range info.Uses {
		if object.Pkg() == pkg && (object.Parent() == pkg.Scope() || object.Parent() == nil) { // nil: a method or field
			from, to := fileOf(name.Pos()), fileOf(object.Pos())
			if from != to {
				if uses[from] == nil {
					uses[from] = map[string]bool{}
				}
				uses[from][to] = true
			}
		}
	}
	r.loop = largestLoop(p.GoFiles, uses)
	for _, tree := range trees {
		for _, declaration := range tree.Decls {
			r.count(declaration, info, fileOf)
		}
	}
	slices.Sort(r.outside)
	return r, nil
}

// count adds what is measured of one declaration.
func (r *room) count(declaration ast.Decl, info *types.Info, fileOf func(token.Pos) string) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() {
			r.exported++
		}
		if d.Recv == nil {
			return
		}
		r.methods++
		// gqlgen says in which file a resolver stands.
		if file := fileOf(d.Pos()); !strings.HasSuffix(file, ".resolvers.go") {
			if of := receiver(info, d); of != nil && fileOf(of.Pos()) != file {
				r.outside = append(r.outside, of.Name()+"."+d.Name.Name+" in "+file)
			}
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				r.exported += exported(s.Name)
			case *ast.ValueSpec:
				r.exported += exported(s.Names...)
			}
		}
	}
}

// receiver is the type that a method belongs to.
func receiver(info *types.Info, d *ast.FuncDecl) types.Object {
	method, is := info.Defs[d.Name].(*types.Func)
	if !is {
		return nil
	}
	of := method.Signature().Recv().Type()
	if pointer, is := of.(*types.Pointer); is {
		of = pointer.Elem()
	}
	if named, is := of.(*types.Named); is {
		return named.Obj()
	}
	return nil
}

func exported(names ...*ast.Ident) int {
	count := 0
	for _, name := range names {
		if name.IsExported() {
			count++
		}
	}
	return count
}

// largestLoop gives the largest group of files of which each reaches each other one
// (Tarjan's strongly connected components); nil where no file reaches itself.
func largestLoop(files []string, uses map[string]map[string]bool) []string {
	t := &tarjan{uses: uses, index: map[string]int{}, low: map[string]int{}, open: map[string]bool{}}
	for _, file := range files {
		if _, seen := t.index[file]; !seen {
			t.visit(file)
		}
	}
	if len(t.largest) < 2 {
		return nil
	}
	slices.Sort(t.largest)
	return t.largest
}

type tarjan struct {
	uses       map[string]map[string]bool
	index, low map[string]int
	open       map[string]bool
	path       []string
	largest    []string
}

func (t *tarjan) visit(file string) {
	t.index[file], t.low[file] = len(t.index), len(t.index)
	t.path, t.open[file] = append(t.path, file), true
	for next := range t.uses[file] {
		if _, seen := t.index[next]; !seen {
			t.visit(next)
			t.low[file] = min(t.low[file], t.low[next])
		} else if t.open[next] {
			t.low[file] = min(t.low[file], t.index[next])
		}
	}
	if t.low[file] != t.index[file] {
		return
	}
	start := slices.Index(t.path, file)
	loop := slices.Clone(t.path[start:])
	t.path = t.path[:start]
	for _, member := range loop {
		t.open[member] = false
	}
	if len(loop) > len(t.largest) {
		t.largest = loop
	}
}
