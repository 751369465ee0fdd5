// Package estimate computes what is estimated of several numbers: quantiles, outliers,
// histograms, trends, ranks. It takes numbers and knows no unit and no indicator; each
// estimator names its source. Start with sample.go.
package estimate
