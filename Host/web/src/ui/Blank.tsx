import type { ReactNode } from 'react'

/** What is shown where there is nothing yet: why, and how to begin. */
export function Blank({ title, text, icon, children }: { title: string; text?: ReactNode; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className="blank">
      <div className="blank-art" aria-hidden>{icon ?? <Sheets />}</div>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="blank-acts">{children}</div>}
    </div>
  )
}

function Sheets() {
  return (
    <svg width="96" height="72" viewBox="0 0 96 72" fill="none">
      <rect x="22" y="6" width="60" height="44" rx="6" className="art-back" />
      <rect x="14" y="16" width="60" height="46" rx="6" className="art-front" />
      <path d="M24 29h22M24 38h38M24 47h30" className="art-line" />
    </svg>
  )
}
