/** The lamp behind the film: Kinora's mark. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="15" fill="#ffb224" />
      <path
        d="M12.4 9.9c0-.9 1-1.5 1.8-1l9.2 5.9c.8.5.8 1.6 0 2.1l-9.2 5.9c-.8.5-1.8-.1-1.8-1z"
        fill="#0a0a0c"
      />
    </svg>
  );
}
