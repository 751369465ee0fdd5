package main

import (
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// sqlUser is who reads the published views with tools that speak ClickHouse.
type sqlUser struct {
	User     string `help:"Let tools that speak ClickHouse read the published views as this user, from this machine only. Off by default." placeholder:"NAME"`
	Password string `help:"The password of that user, at least 12 characters. Prefer the environment or the settings file." placeholder:"TEXT"`
	Port     int    `help:"The port of the native protocol for --sql-user." default:"9000"`
	HTTPPort int    `name:"http-port" help:"The port of ClickHouse's HTTP interface for --sql-user; 0 opens none." default:"8123"`
}

// open opens the warehouse, with an engine of ours that lets the user in.
func (u sqlUser) open(s *session) (store *opened, err error) {
	if s.reader, err = u.reader(s.Settings); err != nil {
		return nil, err
	}
	return open(s.ctx, s, true)
}

// reader is the user as the engine knows it; nil where none is wanted. On a server
// users are its administrator's.
func (u sqlUser) reader(settings *Settings) (*engine.Reader, error) {
	if u.User == "" {
		return nil, nil
	}
	if settings.WarehouseDSN != "" {
		return nil, &number.Error{
			Code: BadSettings, Where: "--sql-user", Message: number.EnglishOnly("the users of a ClickHouse server are made by its administrator"),
			Hint: number.EnglishOnly("docs/operating.md has the statements; leave --sql-user out"),
		}
	}
	return &engine.Reader{Name: u.User, Password: u.Password, Views: warehouse.PublishedViews(), Port: u.Port, HTTPPort: u.HTTPPort}, nil
}
