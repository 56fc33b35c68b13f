/**
 * Whether the Vulkan loader can be loaded (libvulkan.so.1, on Linux alone). The whisper filter asks it for graphics
 * cards even when it is told to use none, and jumps to address 0 where it is not there, which ends the process.
 */
export function hasVulkanLoader(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    // Loaded, and found to be no addon of Node's: it is there.
    return !(error as Error).message.includes('cannot open shared object file');
  }
}
