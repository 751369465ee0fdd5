package ledger

import "iter"

// EachCell gives observations that come by cell, cell by cell; each is valid until the next one.
func EachCell(all iter.Seq2[*Observation, error], each func(cell []Observation) error) error {
	var cell []Observation
	for o, err := range all {
		if err != nil {
			return err
		}
		if len(cell) > 0 && cell[0].CellKey != o.CellKey {
			if err := each(cell); err != nil {
				return err
			}
			cell = cell[:0]
		}
		cell = append(cell, *o)
	}
	if len(cell) == 0 {
		return nil
	}
	return each(cell)
}
