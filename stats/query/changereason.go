package query

import "github.com/niengiam/niengiam/stats/number"

// Each measure of a change that has no number has a reason of its own: percent can be
// without one (from 0) where the primary measure has one.

// AbsoluteReason says why Absolute has no number; nil when it has one.
func (c Change) AbsoluteReason() *number.Reason { return c.Absolute().Reason() }

// PercentReason says why Percent has no number; nil when it has one.
func (c Change) PercentReason() *number.Reason { return c.Percent().Reason() }

// PointsReason says why Points has no number; nil when it has one.
func (c Change) PointsReason() *number.Reason { return c.Points().Reason() }

// IndexReason says why Index has no number; nil when it has one.
func (c Change) IndexReason() *number.Reason { return c.Index().Reason() }

// CagrReason says why CAGR has no number; nil when it has one.
func (c Change) CagrReason() *number.Reason { return c.CAGR().Reason() }

// ShareReason says why there is no share; nil when there is one.
func (c *Contribution) ShareReason() *number.Reason { return c.Share.Reason() }

// ShareReason says why the row has no share; nil when it has one.
func (r *RankingRow) ShareReason() *number.Reason { return r.Share.Reason() }

// GapToTargetReason says why there is no gap to the target; nil when there is one.
func (r *RankingRow) GapToTargetReason() *number.Reason { return r.GapToTarget.Reason() }
