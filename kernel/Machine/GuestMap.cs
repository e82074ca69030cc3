// The guest's memory map: QEMU virt's, so that firmware made for it feels at home.
//
//   0x0000_0000  flash (firmware)         0x0900_0000  PL011
//   0x0800_0000  GIC distributor          0x4000_0000  RAM
//   0x0808_0000  GIC ITS
//   0x080a_0000  GIC redistributors

namespace Nestor.Kernel;

/// <summary>Guest physical addresses and interrupt ids.</summary>
public static class GuestMap
{
    public const ulong Flash = 0;
    public const ulong FlashSize = 0x0400_0000;
    public const ulong FlashBanks = 2;
    public const ulong GicDistributor = 0x0800_0000;
    public const ulong GicDistributorSize = 0x1_0000;
    public const ulong GicIts = 0x0808_0000;
    public const ulong GicRedistributors = 0x080a_0000;

    /// <summary>As described, up to the UART; there are as many as vCPUs. A guest hypervisor may lay out more for its guest.</summary>
    public const ulong GicRedistributorsSize = 0xf6_0000;
    public const ulong Uart = 0x0900_0000;
    public const ulong UartSize = 0x1000;
    public const ulong Ram = 0x4000_0000;

    public const uint UartInterrupt = 33;
}
