package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Citation is a publication.
type Citation struct {
	// Title names the publication or page.
	Title string `json:"title"`
	// URL is its address.
	URL string `json:"url,omitempty"`
	// Date is the day it was published.
	Date number.Date `json:"date,omitzero"`
}
