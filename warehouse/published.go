package warehouse

// PublishedViews names the views that tell what is published to readers with SQL who
// may see nothing else.
func PublishedViews() []string {
	return []string{"published_indicator", "published_unit", "published_observation"}
}
