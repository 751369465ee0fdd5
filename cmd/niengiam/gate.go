package main

import (
	"net"
	"time"

	"github.com/niengiam/niengiam/gate"
)

// gateSettings are the flags of serve about who may connect, and for how long.
type gateSettings struct {
	Hosts          []string      `help:"Names under which the server may be reached, besides those of loopback and the address listened on: that of the site of a proxy, for instance." placeholder:"NAME,…"`
	BodyTime       time.Duration `help:"How long the body of a request may take. Default: 30s." default:"30s" placeholder:"TIME"`
	WriteTime      time.Duration `help:"How long a caller may take to receive the next 64 KiB of an answer; a slow reader is served as long as it reads on. Default: 30s." default:"30s" placeholder:"TIME"`
	IdleTime       time.Duration `help:"How long a connection is kept without a request. Default: 2m." default:"2m" placeholder:"TIME"`
	MaxConnections int           `help:"Connections at once; beyond it those that have waited longest for their caller are closed. Default: 1024." default:"1024" placeholder:"NUMBER"`
	MaxSending     int64         `help:"Answers that wait to be received, in MiB; beyond it the caller who has gone longest without receiving is cut off. Default: 256." default:"256" placeholder:"MIB"`
}

// open makes the gate before what is served on a listener.
func (g gateSettings) open(s *session, listener net.Listener) *gate.Gate {
	return gate.New(gate.Config{
		Address: listener.Addr(), Hosts: g.Hosts, HeadTime: readTime, BodyTime: g.BodyTime, WriteTime: g.WriteTime, IdleTime: g.IdleTime,
		MaxConnections: g.MaxConnections, MaxSending: g.MaxSending << 20, Logger: s.log,
	})
}
