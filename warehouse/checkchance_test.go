package warehouse_test

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// chances are the parameters of the statements that no plain statement can
// compute: orders, how many of the n! orders of n values have so many pairs that
// stand the wrong way round, counted by making all of them; student, the 97.5 %
// quantiles of Student's distribution by its degrees of freedom from 1, and normal,
// that of the normal distribution, by gonum.
func chances() []string {
	var orders, student []string
	for n := range 10 {
		counts := make([]int, n*(n-1)/2+1)
		eachOrder(n, func(order []int) { counts[wrongPairs(order)]++ })
		orders = append(orders, strings.ReplaceAll(fmt.Sprint(counts), " ", ","))
	}
	for freedom := 1; freedom <= 20; freedom++ {
		student = append(student, fmt.Sprintf("%.17g", distuv.StudentsT{Sigma: 1, Nu: float64(freedom)}.Quantile(0.975)))
	}
	return []string{
		"orders", "[" + strings.Join(orders, ",") + "]", "student", "[" + strings.Join(student, ",") + "]",
		"normal", fmt.Sprintf("%.17g", distuv.UnitNormal.Quantile(0.975)),
	}
}

// eachOrder calls do with every order of the numbers under n (Heap's algorithm).
func eachOrder(n int, do func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var permute func(k int)
	permute = func(k int) {
		if k <= 1 {
			do(order)
			return
		}
		for i := range k {
			permute(k - 1)
			if k%2 == 0 {
				order[i], order[k-1] = order[k-1], order[i]
			} else {
				order[0], order[k-1] = order[k-1], order[0]
			}
		}
	}
	permute(n)
}

func wrongPairs(order []int) int {
	count := 0
	for i := range order {
		for j := range i {
			if order[j] > order[i] {
				count++
			}
		}
	}
	return count
}
