/** Loaded before a program that the start script runs: when that script is gone, however it went, the program stops. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
