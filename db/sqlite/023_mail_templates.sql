-- The record type whose fields a template names; null for those that are about no certain one.
ALTER TABLE marketing_mail_template ADD COLUMN about TEXT;
