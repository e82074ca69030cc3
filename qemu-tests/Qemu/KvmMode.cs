// How KVM of a guest hypervisor works: the same kernel does all three, as kvm-arm.mode says.
namespace Nestor.Tests.Qemu;

/// <summary>KVM's ways to use EL2.</summary>
public enum KvmMode
{
    /// <summary>The kernel is at virtual EL2 itself.</summary>
    Vhe,

    /// <summary>A part of it is; the kernel is at virtual EL1, without a stage 2.</summary>
    Nvhe,

    /// <summary>The kernel is at virtual EL1, behind a stage 2 of that part.</summary>
    Protected,
}
