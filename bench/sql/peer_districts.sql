SELECT code, name FROM bench.district
