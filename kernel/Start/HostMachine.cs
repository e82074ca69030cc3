// The machine that Nestor runs on, as its device tree describes it: memory, CPUs, interrupt controller, serial port,
// boot modules and Nestor's own command line.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>What was found in the host's device tree.</summary>
public static unsafe class HostMachine
{
    /// <summary>Most boot modules.</summary>
    public const uint MaximumModules = 32;

    public static ulong GicDistributor;
    public static ulong GicRedistributors;
    public static ulong GicRedistributorsSize;
    public static ulong MemoryEnd;
    public static uint CpuCount;
    public static uint ModuleCount;

    private static DeviceTree s_tree;
    private static ModuleList s_modules;
    private static AffinityList s_affinities;

    /// <summary>A module by its number, in order of address.</summary>
    public static BootModule* Module(uint index) => (BootModule*)((ModuleList*)Unsafe.AsPointer(ref s_modules))->Words + index;

    /// <summary>A CPU's affinity; CPU 0 is the one that booted.</summary>
    public static ulong Affinity(uint cpu) => ((AffinityList*)Unsafe.AsPointer(ref s_affinities))->Value[cpu];

    /// <summary>Opens the tree and finds the serial port. False when there is no tree: then nothing can be said either.</summary>
    public static bool Open(byte* blob)
    {
        const uint Largest = 2 << 20;
        if (!DeviceTree.TryOpen(blob, Largest, out s_tree))
        {
            return false;
        }

        uint uart = s_tree.FindCompatible(0, "arm,pl011"u8);
        if (uart == 0 || !s_tree.TryGetReg(uart, 0, out ulong address, out _))
        {
            return false;
        }

        Console.Port.Open(address);
        HostInterrupts.Uart = InterruptOf(uart);
        return true;
    }

    /// <summary>The serial port behind the console, where the machine has two and this side may use both.</summary>
    public static bool TryGetSecondSerial(out ulong address, out uint interrupt)
    {
        address = 0;
        interrupt = 0;
        uint uart = SecondSerial();
        if (uart == 0 || !s_tree.IsCompatible(uart, "arm,pl011"u8) || s_tree.HasString(uart, "status"u8, "disabled"u8))
        {
            return false;
        }

        interrupt = InterruptOf(uart);
        return interrupt != 0 && s_tree.TryGetReg(uart, 0, out address, out _);
    }

    /// <summary>Nestor's command line; empty when there is none.</summary>
    public static ReadOnlySpan<byte> CommandLine()
    {
        uint chosen = s_tree.FindNode("/chosen"u8);
        return chosen != 0 && s_tree.TryGetString(chosen, "bootargs"u8, out ReadOnlySpan<byte> text) ? text : default;
    }

    /// <summary>Where memory ends, for the MMU.</summary>
    public static bool FindMemory()
    {
        for (uint node = s_tree.FindString(0, "device_type"u8, "memory"u8); node != 0; node = s_tree.FindString(node, "device_type"u8, "memory"u8))
        {
            for (uint i = 0; s_tree.TryGetReg(node, i, out ulong start, out ulong size); i++)
            {
                if (start + size > MemoryEnd)
                {
                    MemoryEnd = start + size;
                }
            }
        }

        return MemoryEnd != 0;
    }

    /// <summary>Hands all memory to the page allocator that nothing lies in yet.</summary>
    public static void HandOverMemory()
    {
        for (uint node = s_tree.FindString(0, "device_type"u8, "memory"u8); node != 0; node = s_tree.FindString(node, "device_type"u8, "memory"u8))
        {
            for (uint i = 0; s_tree.TryGetReg(node, i, out ulong start, out ulong size); i++)
            {
                PageAllocator.Add(start, start + size < Mmu.MemoryLimit ? start + size : Mmu.MemoryLimit);
            }
        }

        PageAllocator.Reserve(ImageLayout.TextStart, ImageLayout.MemoryEnd);
        PageAllocator.Reserve((ulong)s_tree.Blob, (ulong)s_tree.Blob + s_tree.TotalSize);
        for (uint i = 0; i < ModuleCount; i++)
        {
            PageAllocator.Reserve((ulong)Module(i)->Start, (ulong)Module(i)->Start + Module(i)->Size);
        }

        for (uint i = 0; s_tree.TryGetReservation(i, out ulong start, out ulong size); i++)
        {
            PageAllocator.Reserve(start, start + size);
        }
    }

    /// <summary>Finds the interrupt controller.</summary>
    public static bool FindGic()
    {
        uint gic = s_tree.FindCompatible(0, "arm,gic-v3"u8);
        return gic != 0
            && s_tree.TryGetReg(gic, 0, out GicDistributor, out _)
            && s_tree.TryGetReg(gic, 1, out GicRedistributors, out GicRedistributorsSize);
    }

    /// <summary>The address of a device; false when the machine has none of the kind, or keeps it from us.</summary>
    public static bool TryGetDevice(ReadOnlySpan<byte> compatible, out ulong address) => TryGetDevice(compatible, out address, out _);

    /// <summary>
    /// A device's address and its shared interrupt, 0 when it has none. It is taken for one of the interrupt controller that is
    /// the serial port's too: to look that up again would be a good part of the start.
    /// </summary>
    public static bool TryGetDevice(ReadOnlySpan<byte> compatible, out ulong address, out uint interrupt)
    {
        uint node = s_tree.FindCompatible(0, compatible);
        address = 0;
        interrupt = node != 0 ? DirectInterrupt(node) : 0;
        return node != 0 && s_tree.TryGetReg(node, 0, out address, out _);
    }

    /// <summary>Lists the CPUs, the booting one first.</summary>
    public static void FindCpus()
    {
        ulong* value = ((AffinityList*)Unsafe.AsPointer(ref s_affinities))->Value;
        ulong own = SystemRegisters.MPIDR_EL1 & 0xff_00ff_ffff;
        value[0] = own;
        CpuCount = 1;
        uint cpus = s_tree.FindNode("/cpus"u8);
        for (uint node = cpus == 0 ? 0 : s_tree.FirstChild(cpus); node != 0 && CpuCount < PerCpu.Maximum; node = s_tree.NextSibling(node))
        {
            if (s_tree.HasString(node, "device_type"u8, "cpu"u8) && s_tree.TryGetReg(node, 0, out ulong affinity, out _) && affinity != own)
            {
                value[CpuCount++] = affinity;
            }
        }
    }

    /// <summary>Lists the boot modules in order of address.</summary>
    public static void FindModules()
    {
        for (uint node = s_tree.FindCompatible(0, "multiboot,module"u8); node != 0 && ModuleCount < MaximumModules; node = s_tree.FindCompatible(node, "multiboot,module"u8))
        {
            if (TryGetModule(node, out ulong start, out ulong size) && size != 0)
            {
                Insert(start, size, node);
            }
        }
    }

    // QEMU's guest-loader writes two cells each, whatever the cell counts of /chosen are (it gives none).
    private static bool TryGetModule(uint node, out ulong start, out ulong size)
    {
        size = 0;
        return (s_tree.TryGetProperty(node, "reg"u8, out ReadOnlySpan<byte> value) && value.Length == 16)
            ? DeviceTree.TryReadCells(value, 0, 2, out start) && DeviceTree.TryReadCells(value, 2, 2, out size)
            : s_tree.TryGetReg(node, 0, out start, out size);
    }

    private static void Insert(ulong start, ulong size, uint node)
    {
        uint at = ModuleCount++;
        for (; at > 0 && (ulong)Module(at - 1)->Start > start; at--)
        {
            Copy(Module(at), Module(at - 1));
        }

        BootModule* module = Module(at);
        module->Start = (byte*)start;
        module->Size = size;
        module->IsRamdisk = s_tree.IsCompatible(node, "multiboot,ramdisk"u8);
        module->Arguments = null;
        module->ArgumentsLength = 0;
        SetArguments(module, node);
    }

    private static void SetArguments(BootModule* module, uint node)
    {
        if (s_tree.TryGetString(node, "bootargs"u8, out ReadOnlySpan<byte> text) && text.Length != 0)
        {
            module->Arguments = (byte*)Unsafe.AsPointer(in text[0]);
            module->ArgumentsLength = (uint)text.Length;
        }
    }

    /// <summary>Field by field: a struct assignment would be done in vector registers.</summary>
    public static void Copy(BootModule* to, BootModule* from)
    {
        to->Start = from->Start;
        to->Size = from->Size;
        to->Arguments = from->Arguments;
        to->ArgumentsLength = from->ArgumentsLength;
        to->IsRamdisk = from->IsRamdisk;
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint SecondSerial()
    {
        uint aliases = s_tree.FindNode("/aliases"u8);
        return aliases != 0 && s_tree.TryGetString(aliases, "serial1"u8, out ReadOnlySpan<byte> path) ? s_tree.FindNode(path) : 0;
    }

    // Not inlined, for the same reason. 0 when it is no shared interrupt.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint InterruptOf(uint node)
    {
        return s_tree.TryGetInterrupt(node, 0, out ReadOnlySpan<byte> specifier) && DeviceTree.ReadCell(specifier, 0) == 0
            ? VirtualGic.FirstSpi + DeviceTree.ReadCell(specifier, 1) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint DirectInterrupt(uint node)
    {
        const int Cells = 3 * sizeof(uint);
        return s_tree.TryGetProperty(node, "interrupts"u8, out ReadOnlySpan<byte> value) && value.Length == Cells && DeviceTree.ReadCell(value, 0) == 0
            ? VirtualGic.FirstSpi + DeviceTree.ReadCell(value, 1) : 0;
    }

    private struct ModuleList
    {
        public fixed ulong Words[(int)MaximumModules * 5];
    }

    private struct AffinityList
    {
        public fixed ulong Value[PerCpu.Maximum];
    }
}
