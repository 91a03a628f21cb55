export const buildSources: string[];
export function isInstalled(root: string): boolean;
export function markInstalled(root: string): void;
export function buildHash(root: string): string;
export function isBuilt(root: string): boolean;
export function markBuilt(root: string, hash: string): void;
export function unmarkBuilt(root: string): void;
