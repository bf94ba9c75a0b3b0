-- What who priced the quote may give alone: with the discount it tells an approver why it came to him.
ALTER TABLE sales_quote ADD own_limit BIGINT NULL;
