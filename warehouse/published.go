package warehouse

// PublishedViews names the views that show what is published to SQL users who may read
// nothing else.
func PublishedViews() []string {
	return []string{"published_indicator", "published_unit", "published_observation", "published_stated"}
}
