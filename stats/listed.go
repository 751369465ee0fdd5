package stats

import "slices"

// listed counts the units within u that units of a level would lie in directly, and
// those of them that have some in the catalogue. A country of which only one
// province's districts are listed is not known by its districts.
func (h *Hierarchy) listed(level *Level, u *Unit) Coverage {
	h.mu.RLock()
	lists := h.lists[level.Code]
	h.mu.RUnlock()
	if lists == nil {
		lists = h.countListed(level)
	}
	return lists[u.key]
}

func (h *Hierarchy) countListed(level *Level) map[uint32]Coverage {
	h.mu.Lock()
	defer h.mu.Unlock()
	lists := map[uint32]Coverage{}
	for _, unit := range h.units {
		has := slices.ContainsFunc(unit.children, func(child *Unit) bool { return child.Level.index >= level.index })
		if unit.Level.index >= level.index || !has && len(unit.children) > 0 {
			continue
		}
		for at := unit; at != nil; at = at.parent {
			count := lists[at.key]
			count.Expected++
			if has {
				count.Reported++
			}
			lists[at.key] = count
		}
	}
	h.lists[level.Code] = lists
	return lists
}
