package workspace

import (
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
)

func readDimensions(r *reader, n node) []*catalogue.Dimension {
	if !n.exists() {
		return nil
	}
	document := r.document(n)
	r.dimensions.partial = !document.exists()
	var dimensions []*catalogue.Dimension
	for _, item := range document.mapping("dimensions").need("dimensions").list() {
		m := item.mapping("code", "name", "members", "partial")
		code := m.need("code")
		d := &catalogue.Dimension{Code: code.code(), Names: m.need("name").text(), Partial: m.get("partial").flag()}
		r.dimensions.declare(&r.faults, d.Code, code.at)
		d.Members = readMembers(r, d.Code, m.need("members"))
		if least := 2; m.get("members").exists() && !d.Partial && len(d.Members) < least {
			m.get("members").fault(BadValue, "the members of a dimension are its parts: there are at least two, unless it is partial")
		}
		dimensions = append(dimensions, d)
		r.byDimension[d.Code] = d
	}
	return dimensions
}

// readMembers reads the members of a dimension. A file names a member by its code or
// a name, so that no two may share one.
func readMembers(r *reader, dimension string, n node) []*catalogue.DimensionMember {
	var members []*catalogue.DimensionMember
	codes := newNames("member of the dimension " + dimension)
	owner := map[string]string{}
	for _, item := range n.list() {
		m := item.mapping("code", "name")
		code := m.need("code")
		member := &catalogue.DimensionMember{Code: code.code(), Names: m.need("name").text()}
		codes.declare(&r.faults, member.Code, code.at)
		for _, written := range []string{member.Code, member.Names.VI, member.Names.EN} {
			folded := name.Fold(written)
			if other, taken := owner[folded]; taken && other != member.Code && folded != "" {
				item.fault(DuplicateCode, "the member %q is called %q, as the member %q is", member.Code, written, other)
			}
			owner[folded] = member.Code
		}
		members = append(members, member)
	}
	return members
}

// dimensionsOf reads the dimensions of an indicator.
func dimensionsOf(r *reader, n node, i *catalogue.Indicator) []string {
	var codes []string
	for _, item := range n.list() {
		code := item.scalar()
		if !r.dimensions.refer(&r.faults, code, item.at) {
			continue
		}
		codes = append(codes, code)
	}
	if len(codes) > 0 && i.IsRegister() {
		n.fault(BadValue, "a register of decisions has no breakdown: a decision is about the whole unit")
	}
	return codes
}
