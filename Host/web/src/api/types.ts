/** A name in both languages, as the catalogue and SOPs carry it. */
export type Label = { zh: string; en: string }

/** A reference as it is read; it is written as the id alone. */
export type Ref = { id: string; name: string; type?: string }

export type FieldType =
  | 'text' | 'longText' | 'integer' | 'decimal' | 'money' | 'boolean' | 'date' | 'dateTime'
  | 'select' | 'multiSelect' | 'reference' | 'email' | 'phone' | 'url' | 'json' | 'lines'

export type Option = { key: string; label: Label; color?: string | null }

export type Field = {
  key: string
  type: FieldType
  label: Label
  required?: boolean
  readOnly?: boolean
  maxLength?: number | null
  min?: number | null
  max?: number | null
  sensitive?: boolean
  searchable?: boolean
  references?: string | null
  /** A json field that holds a filter: the record type it is about, or the field that names that type. */
  filterOver?: string | null
  /** A text that may hold fields as `{{name}}`: the record type they are of, or the field that names that type. */
  templateOver?: string | null
  options?: Option[]
  default?: unknown
  custom?: boolean
  help?: Label | null
  /** Fields of one line, for type lines. */
  line?: Field[]
}

export type Act = 'read' | 'create' | 'update' | 'delete' | 'import' | 'export'

export type View = { key: string; label: Label; filter: unknown; sort: string; columns: string[] }

export type RecordType = {
  key: string
  plural: string
  label: Label
  nameField: string
  owned: boolean
  fields: Field[]
  views: View[]
  can: Partial<Record<Act, boolean>>
}

export type Catalogue = { types: RecordType[] }

/** A record: system members, then one member per field of its type. */
export type Rec = {
  id: string
  version: number
  number?: string | null
  owner?: Ref | null
  unit?: Ref | null
  createdAt?: string
  updatedAt?: string
  deletedAt?: string | null
  masked?: string[]
  can?: { update?: boolean; delete?: boolean }
  [field: string]: unknown
}

export type Page<T> = { items: T[]; next: string | null }

export type SavedView = {
  id: string
  type: string
  name: string
  filter: unknown
  sort: string | null
  columns: string[] | null
  shared: boolean
}

export type Me = {
  id: string
  name: string
  email: string
  locale: 'zh' | 'en'
  theme: 'light' | 'dark' | 'system'
  /** The company's. */
  currency: string
  unit: Ref | null
  roles: string[]
  permissions: string[]
  admin: boolean
}

export type Change = { field: string; old: unknown; new: unknown }

export type TimelineEntry = {
  id: string
  at: string
  kind: string
  actor: Ref | null
  source: string
  recordType: string
  recordId: string
  recordName: string
  changes: Change[]
  note: string | null
}

export type LiveEvent = {
  kind: 'task' | 'approval' | 'notification' | 'record' | 'run' | 'import' | 'sop' | 'editing' | 'migration' | 'replay'
  type?: string
  id: string
  change: 'created' | 'updated' | 'removed'
}

export type Notification = {
  id: string
  at: string
  kind: string
  title: string
  body: string | null
  link: string | null
  read: boolean
}
