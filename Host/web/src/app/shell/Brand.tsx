import { Link } from 'react-router'

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#3b5bdb" />
      <path d="M9 11.5h6.5M9 20.5h6.5M20 9v14" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="20" cy="16" r="3.6" fill="#fff" />
    </svg>
  )
}

export function Brand({ small }: { small?: boolean }) {
  return (
    <Link to="/" className="brand" aria-label="Crm">
      <Mark />
      {!small && <span className="brand-name">Crm</span>}
    </Link>
  )
}
