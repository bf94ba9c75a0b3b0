import type { Part } from '../words/parts'

/** A sentence with what its author chose set off. */
export const Sentence = ({ parts }: { parts: Part[] }) => <>{parts.map((part, i) => (part.value ? <b key={i}>{part.text}</b> : <span key={i}>{part.text}</span>))}</>
