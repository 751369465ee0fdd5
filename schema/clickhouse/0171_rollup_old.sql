-- What rollup had is made anew from posting; see 0172.
DROP TABLE IF EXISTS rollup
