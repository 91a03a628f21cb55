/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // No image is resized: the optimiser would fetch any address of ours on a stranger's word.
  images: { unoptimized: true },
  reactStrictMode: true,
  // Titles stand in the head for everybody: streamed after it, they come in another order each time, and not without
  // JavaScript, and what may not be seen could be told from what is not there.
  htmlLimitedBots: /.*/,
  logging: { serverFunctions: false },
  serverExternalPackages: ["pg", "pino", "@node-rs/argon2", "nodemailer", "prom-client"],
  experimental: { serverActions: { bodySizeLimit: "256kb" } },
  // Types, lint and import law have their own suites; a build only builds.
  typescript: { ignoreBuildErrors: true },
};
