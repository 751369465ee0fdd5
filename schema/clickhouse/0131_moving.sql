-- What loads send on its way, each observation once, in the types that travel fastest: views write it into
-- observation and posting. Nothing is kept here.
CREATE TABLE IF NOT EXISTS moving
(
    indicator        String,
    year             UInt16,
    unit             UInt32,
    breakdown        String,
    published        UInt32,
    release          UInt32,
    has              UInt8 COMMENT '1: a value, 2: a denominator, 4: the ledger enters it at its position',
    value_low        UInt64 COMMENT 'the number × 10^10, in 128 bits',
    value_high       Int64,
    denominator_low  UInt64,
    denominator_high Int64,
    status           String,
    note             String,
    citation         String,
    file             String,
    sheet            String,
    line             UInt32,
    column           String,
    since            UInt32,
    approximation    String,
    position         UInt64,
    tally            Int64,
    flaws            Int64,
    doubts           Int64,
    approximations   Int64
)
ENGINE = Null
