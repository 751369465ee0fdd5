-- What a release is when it is not simply a load: a withdrawal or restoration of
-- another one, or a restatement that was approved. It stands in the row that makes
-- the release visible, so that both are there or neither.
ALTER TABLE release
    ADD COLUMN IF NOT EXISTS removed UInt64 COMMENT 'cells that have no figure any more',
    ADD COLUMN IF NOT EXISTS withdraws UInt32 COMMENT 'the release that does not count from here on; 0: none',
    ADD COLUMN IF NOT EXISTS restores UInt32 COMMENT 'the release that counts again from here on; 0: none',
    ADD COLUMN IF NOT EXISTS reason String COMMENT 'why it withdraws or restores, or why the restatement was approved',
    ADD COLUMN IF NOT EXISTS restatement UInt32 COMMENT 'restatement.id; 0: it was not held',
    ADD COLUMN IF NOT EXISTS approved_by String COMMENT 'who approved the restatement'
