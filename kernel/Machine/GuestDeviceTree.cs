// The device tree that a guest gets: QEMU virt's, with what Nestor has of it.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Writes a guest's device tree.</summary>
public static unsafe class GuestDeviceTree
{
    private const uint Spi = 0;
    private const uint Ppi = 1;
    private const uint LevelHigh = 4;
    private const uint GicPhandle = 1;
    private const uint ClockPhandle = 2;
    private const uint UartClock = 24_000_000;

    /// <summary>Writes the tree.</summary>
    /// <returns>Its size, or 0 when it does not fit.</returns>
    public static uint Write(VirtualMachine* machine, GuestConfiguration* guest, byte* buffer, uint capacity, ulong ramdiskStart, ulong ramdiskEnd, ulong modulesAt)
    {
        DeviceTreeWriter writer = new(buffer, capacity);
        writer.BeginNode(""u8);
        writer.AddString("compatible"u8, "linux,dummy-virt"u8);
        writer.AddString("model"u8, "linux,dummy-virt"u8);
        writer.AddCell("#address-cells"u8, 2);
        writer.AddCell("#size-cells"u8, 2);
        writer.AddCell("interrupt-parent"u8, GicPhandle);
        Chosen(ref writer, guest, ramdiskStart, ramdiskEnd, modulesAt);
        writer.BeginNode("memory"u8, machine->RamStart.Value);
        writer.AddString("device_type"u8, "memory"u8);
        writer.AddReg(machine->RamStart.Value, machine->RamSize);
        writer.EndNode();
        Cpus(ref writer, machine);
        Firmware(ref writer, machine);
        Gic(ref writer, machine);
        Timer(ref writer);
        Uart(ref writer);
        writer.EndNode();
        return writer.Finish();
    }

    private static void Chosen(ref DeviceTreeWriter writer, GuestConfiguration* guest, ulong ramdiskStart, ulong ramdiskEnd, ulong modulesAt)
    {
        writer.BeginNode("chosen"u8);
        writer.AddString("stdout-path"u8, "/pl011@9000000"u8);
        Arguments(ref writer, &guest->Kernel);
        if (ramdiskEnd != 0)
        {
            writer.AddNumber("linux,initrd-start"u8, ramdiskStart);
            writer.AddNumber("linux,initrd-end"u8, ramdiskEnd);
        }

        // As QEMU's guest-loader hands modules over, which Xen and Nestor itself understand.
        writer.AddCell("#address-cells"u8, 2);
        writer.AddCell("#size-cells"u8, 2);
        ulong at = modulesAt;
        for (uint i = 0; i < guest->ModuleCount; i++)
        {
            BootModule* module = guest->Modules + i;
            writer.BeginNode("module"u8, at);
            writer.AddStrings("compatible"u8, module->IsRamdisk ? "multiboot,ramdisk"u8 : "multiboot,kernel"u8, "multiboot,module"u8);
            writer.AddReg(at, module->Size);
            Arguments(ref writer, module);
            writer.EndNode();
            at = MachineBuilder.NextModule(at, module->Size);
        }

        writer.EndNode();
    }

    private static void Arguments(ref DeviceTreeWriter writer, BootModule* module)
    {
        if (module->ArgumentsLength != 0)
        {
            writer.AddString("bootargs"u8, new ReadOnlySpan<byte>(module->Arguments, (int)module->ArgumentsLength));
        }
    }

    private static void Cpus(ref DeviceTreeWriter writer, VirtualMachine* machine)
    {
        writer.BeginNode("cpus"u8);
        writer.AddCell("#address-cells"u8, 1);
        writer.AddCell("#size-cells"u8, 0);
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            writer.BeginNode("cpu"u8, i);
            writer.AddString("device_type"u8, "cpu"u8);
            writer.AddString("compatible"u8, "arm,armv8"u8);
            writer.AddCell("reg"u8, i);
            writer.AddString("enable-method"u8, "psci"u8);
            writer.EndNode();
        }

        writer.EndNode();
    }

    private static void Firmware(ref DeviceTreeWriter writer, VirtualMachine* machine)
    {
        writer.BeginNode("psci"u8);
        writer.BeginProperty("compatible"u8);
        writer.AppendString("arm,psci-1.0"u8);
        writer.AppendString("arm,psci-0.2"u8);
        writer.AppendString("arm,psci"u8);
        writer.EndProperty();

        // An HVC at virtual EL2 is the guest hypervisor's own; only an SMC reaches its firmware.
        writer.AddString("method"u8, machine->HasVirtualEl2 ? "smc"u8 : "hvc"u8);
        writer.EndNode();
    }

    private static void Gic(ref DeviceTreeWriter writer, VirtualMachine* machine)
    {
        writer.BeginNode("intc"u8, GuestMap.GicDistributor);
        writer.AddString("compatible"u8, "arm,gic-v3"u8);
        writer.AddCell("#interrupt-cells"u8, 3);
        writer.AddEmpty("interrupt-controller"u8);
        writer.AddCell("#address-cells"u8, 2);
        writer.AddCell("#size-cells"u8, 2);
        writer.AddEmpty("ranges"u8);
        writer.AddCell("phandle"u8, GicPhandle);
        writer.AddCell("#redistributor-regions"u8, 1);
        writer.BeginProperty("reg"u8);
        writer.AppendNumber(GuestMap.GicDistributor);
        writer.AppendNumber(GuestMap.GicDistributorSize);
        writer.AppendNumber(GuestMap.GicRedistributors);
        writer.AppendNumber(GuestMap.GicRedistributorsSize);
        writer.EndProperty();
        if (machine->HasVirtualEl2)
        {
            writer.AddCells("interrupts"u8, Ppi, InterruptIds.Maintenance - 16, LevelHigh);
        }

        writer.BeginNode("its"u8, GuestMap.GicIts);
        writer.AddString("compatible"u8, "arm,gic-v3-its"u8);
        writer.AddEmpty("msi-controller"u8);
        writer.AddCell("#msi-cells"u8, 1);
        writer.AddReg(GuestMap.GicIts, VirtualIts.FrameSize);
        writer.EndNode();
        writer.EndNode();
    }

    private static void Timer(ref DeviceTreeWriter writer)
    {
        writer.BeginNode("timer"u8);
        writer.AddStrings("compatible"u8, "arm,armv8-timer"u8, "arm,armv7-timer"u8);
        writer.AddEmpty("always-on"u8);
        writer.BeginProperty("interrupts"u8);
        AppendPpi(ref writer, 29);
        AppendPpi(ref writer, InterruptIds.PhysicalTimer);
        AppendPpi(ref writer, InterruptIds.VirtualTimer);
        AppendPpi(ref writer, InterruptIds.HypervisorTimer);
        AppendPpi(ref writer, InterruptIds.HypervisorVirtualTimer);
        writer.EndProperty();
        writer.EndNode();
    }

    private static void AppendPpi(ref DeviceTreeWriter writer, uint interrupt)
    {
        writer.AppendCell(Ppi);
        writer.AppendCell(interrupt - 16);
        writer.AppendCell(LevelHigh);
    }

    private static void Uart(ref DeviceTreeWriter writer)
    {
        writer.BeginNode("apb-pclk"u8);
        writer.AddString("compatible"u8, "fixed-clock"u8);
        writer.AddCell("#clock-cells"u8, 0);
        writer.AddCell("clock-frequency"u8, UartClock);
        writer.AddString("clock-output-names"u8, "clk24mhz"u8);
        writer.AddCell("phandle"u8, ClockPhandle);
        writer.EndNode();
        writer.BeginNode("pl011"u8, GuestMap.Uart);
        writer.AddStrings("compatible"u8, "arm,pl011"u8, "arm,primecell"u8);
        writer.AddReg(GuestMap.Uart, GuestMap.UartSize);
        writer.AddCells("interrupts"u8, Spi, GuestMap.UartInterrupt - 32, LevelHigh);
        writer.BeginProperty("clocks"u8);
        writer.AppendCell(ClockPhandle);
        writer.AppendCell(ClockPhandle);
        writer.EndProperty();
        writer.AddStrings("clock-names"u8, "uartclk"u8, "apb_pclk"u8);
        writer.EndNode();
    }
}
