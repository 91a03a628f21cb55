export function withLock<T>(path: string, onWait: () => void, action: () => Promise<T>): Promise<T>;
