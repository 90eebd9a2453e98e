-- Numbers of accounts and posts over time, and the syncs that read them. NULL is "not told", never 0.
CREATE TABLE account_day (
    account_id UUID NOT NULL REFERENCES account (id),
    day DATE NOT NULL, -- the platform's own where it tells days, else the workspace's
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    followers BIGINT, -- this, following and posts: how many at the day's end
    following BIGINT,
    posts BIGINT,
    views BIGINT, -- this and the rest: of the day alone
    reach BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    watch_time BIGINT, -- seconds
    engagement BIGINT, -- as the platform itself adds it up, where it does
    counted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, day)
);

-- A post as it exists at the platform, whoever published it, with its latest counters.
CREATE TABLE remote_post (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    account_id UUID NOT NULL REFERENCES account (id),
    remote_id TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_day DATE NOT NULL, -- in the workspace's zone
    text TEXT NOT NULL,
    url TEXT,
    views BIGINT,
    reach BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    watch_time BIGINT, -- seconds
    engagement BIGINT, -- likes, comments, shares and saves as far as told
    counted_at TIMESTAMPTZ, -- none: known, not counted yet
    count_at TIMESTAMPTZ NOT NULL, -- when it is counted again if no list shows it
    series_at TIMESTAMPTZ, -- of its newest post_count
    gone_at TIMESTAMPTZ,
    UNIQUE (account_id, remote_id)
);
-- What was published in a time, with all that counting and ranking needs.
CREATE INDEX remote_post_workspace ON remote_post (workspace_id, published_day, account_id, engagement) WHERE gone_at IS NULL;
CREATE INDEX remote_post_account ON remote_post (account_id, published_day, published_at) WHERE gone_at IS NULL;
CREATE INDEX remote_post_count ON remote_post (account_id, count_at) WHERE gone_at IS NULL;

-- The counters of a post over time: dense while it is young, thinner with its age.
CREATE TABLE post_count (
    remote_post_id UUID NOT NULL REFERENCES remote_post (id),
    counted_at TIMESTAMPTZ NOT NULL,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    views BIGINT,
    reach BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    watch_time BIGINT,
    PRIMARY KEY (remote_post_id, counted_at)
);

-- One sync of one account: asked for, under way, or over. What is due is read from here; the queue only carries it.
CREATE TABLE sync_run (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    account_id UUID NOT NULL REFERENCES account (id),
    cause TEXT NOT NULL,
    day DATE NOT NULL, -- the workspace's
    started_at TIMESTAMPTZ NOT NULL, -- until it is begun: when it was asked for
    next_at TIMESTAMPTZ, -- when a worker looks at it next; none once it has ended
    queued_until TIMESTAMPTZ, -- a job is on its way until then
    lease_owner TEXT, -- the fence of every write about it
    attempts BIGINT NOT NULL,
    posts BIGINT NOT NULL, -- counted so far
    listed BOOLEAN NOT NULL, -- every post it was about was looked at, whatever else was wrong
    reason JSONB, -- what was wrong, with all of it or a part
    ended_at TIMESTAMPTZ
);
-- The dated key: however many processes begin the day's syncs, an account has one.
CREATE UNIQUE INDEX sync_run_day ON sync_run (account_id, day) WHERE cause = 'daily';
-- An account is synced once at a time.
CREATE UNIQUE INDEX sync_run_open ON sync_run (account_id) WHERE ended_at IS NULL;
CREATE INDEX sync_run_due ON sync_run (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX sync_run_account ON sync_run (account_id, id);
CREATE INDEX sync_run_workspace ON sync_run (workspace_id, ended_at);

-- What was done for a workspace on a day by the list of schedules; each once, however many processes tick.
CREATE TABLE schedule_run (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    name TEXT NOT NULL,
    day DATE NOT NULL, -- the workspace's
    done_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, name, day)
);
