package workspace

import "github.com/niengiam/niengiam/stats/catalogue"

func readTopics(r *reader, n node) []*catalogue.Topic {
	document := r.document(n)
	r.topics.partial = !document.exists()
	var topics []*catalogue.Topic
	for _, item := range document.mapping("topics").need("topics").list() {
		m := item.mapping("code", "name")
		code := m.need("code")
		topic := &catalogue.Topic{Code: code.code(), Names: m.need("name").text()}
		r.topics.declare(&r.faults, topic.Code, code.at)
		topics = append(topics, topic)
	}
	return topics
}
