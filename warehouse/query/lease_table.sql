-- Who may load into the warehouse: the keeper has one row for all programs and servers.
CREATE TABLE IF NOT EXISTS lease
(
    name    String,
    owner   String COMMENT 'of this taking alone; empty when it was given back',
    holder  String COMMENT 'for people: machine and process',
    fence   UInt64 COMMENT 'one more at each taking',
    expires DateTime64(3, 'UTC')
)
ENGINE = KeeperMap('/niengiam/{database}/lease')
PRIMARY KEY name
