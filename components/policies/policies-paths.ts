export const policiesPath = "/identity/policies";
export const createPolicyPath = `${policiesPath}/create`;
export const explainPath = `${policiesPath}/explain`;
export const policyPath = (policyId: string) => `${policiesPath}/${policyId}`;
