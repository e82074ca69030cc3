// Makes a VM from its description: memory, images in it, device tree, vCPUs on CPUs.
//
// Guest RAM, as QEMU's virt lays it out:  kernel (GuestImage) | ramdisk at +128 MiB, at the half of a smaller RAM, or behind
// a larger kernel | device tree at the next 2 MiB | modules behind it, 2 MiB apart. The tree of an ELF file is at the start
// of RAM if the file leaves 1 MiB there, and so is firmware's, which itself is at address 0.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Creation of VMs.</summary>
public static unsafe class MachineBuilder
{
    private const ulong TwoMiB = 0x20_0000;
    private const ulong OneGiB = 0x4000_0000;
    private const uint DeviceTreeSize = 0x1_0000;
    private const ulong RamdiskOffset = 128UL << 20;
    private const ulong PageMask = 0xfff;

    // QEMU's own trees are as large.
    private const ulong RoomForTree = 1UL << 20;

    private static uint s_nextCpu;

    /// <summary>Where the module behind one at <paramref name="at"/> goes.</summary>
    public static ulong NextModule(ulong at, ulong size) => (at + size + TwoMiB - 1) & ~(TwoMiB - 1);

    /// <summary>Makes the VM, its vCPUs in the queues of CPUs. Whatever is impossible stops the machine with a clear line.</summary>
    public static void Build(GuestConfiguration* guest)
    {
        VirtualMachine* machine = (VirtualMachine*)PageAllocator.Allocate((ulong)sizeof(VirtualMachine));
        if (machine == null)
        {
            Panic.Refuse("no memory for a VM"u8);
        }

        machine->NameLength = guest->NameLength;
        for (uint i = 0; i < guest->NameLength; i++)
        {
            machine->Name[i] = guest->Name[i];
        }

        machine->Vmid = Machines.Count + 1;
        machine->HasVirtualEl2 = guest->ExceptionLevel == 2;
        machine->VcpuCount = guest->Cpus;
        machine->Symbols = guest->Symbols;
        VirtualGic.Initialise(&machine->Gic, machine, guest->Cpus);
        VirtualUart.Reset(&machine->Uart);
        if (machine->HasVirtualEl2 && !(guest->Nv == 2 ? Features.Nv2 : Features.Nv))
        {
            Panic.Refuse("this CPU has no FEAT_NV2 (or FEAT_NV): use QEMU 9.1 or newer with -cpu max, or el=1"u8);
        }

        CreateMemory(machine, guest);
        if (machine->HasVirtualEl2 && !ShadowStage2.Create(machine))
        {
            Panic.Refuse("no memory for shadow page tables"u8);
        }

        if (guest->IsFirmware)
        {
            PlaceFirmware(machine, guest->Kernel.Start, guest->Kernel.Size);
        }

        CreateVcpus(machine, guest->Nv == 2);
        if (guest->IsRestored)
        {
            if (guest->StaysOff)
            {
                Panic.Refuse("a guest goes on from its snapshot at once: start=no has no place beside restore"u8);
            }

            SnapshotReader.Restore(machine, (ulong*)guest->Kernel.Start, guest->Kernel.Size);
        }
        else
        {
            // The images are looked at now in any case: what is wrong with them is said before anything runs.
            LoadAndBegin(machine, guest);
            if (guest->StaysOff)
            {
                VirtualMachine.Vcpu(machine, 0)->State = RunState.Off;
                machine->Ended = (int)EndReason.NotStarted;
            }
        }

        Machines.Add(machine);
    }

    /// <summary>Starts a VM afresh, from the images that it was made of. All its vCPUs must be held.</summary>
    public static void Restart(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VirtualCpu* vcpu = VirtualMachine.Vcpu(machine, i);
            vcpu->State = RunState.Off;
            vcpu->StartClaim = 0;
            vcpu->MaintenanceLine = false;
            vcpu->TimerLines = 0;
            VcpuReset.Reset(vcpu);
            VectorState.Clear(vcpu);
        }

        machine->GicLock.Enter();
        VirtualGic.Reset(&machine->Gic);
        machine->GicLock.Exit();
        machine->UartLock.Enter();
        VirtualUart.Reset(&machine->Uart);
        machine->UartLine = false;
        machine->UartLock.Exit();
        if (machine->HasVirtualEl2)
        {
            ShadowStage2.ForgetAll(VirtualMachine.Vcpu(machine, 0), everyVmid: true);
        }

        LoadAndBegin(machine, GuestPlan.At(VirtualMachine.NumberOf(machine) - 1));
        Tlb.Invalidate(VirtualMachine.Vttbr(machine, isHypervisor: true), TlbScope.BothStages, 0);
        Tlb.Invalidate(VirtualMachine.Vttbr(machine, isHypervisor: false), TlbScope.BothStages, 0);
        Instructions.IcIalluis();
        Instructions.DsbIsh();
        Machines.Restarted(machine);
    }

    private static void LoadAndBegin(VirtualMachine* machine, GuestConfiguration* guest)
    {
        Load(machine, guest, out ulong entry, out ulong deviceTree);
        VirtualCpu* first = VirtualMachine.Vcpu(machine, 0);
        first->Pc = entry;
        first->X[0] = deviceTree;
        first->State = RunState.Ready;
    }

    private static void CreateMemory(VirtualMachine* machine, GuestConfiguration* guest)
    {
        ulong size = guest->Memory;
        machine->Stage2Root = Stage2.CreateRoot();
        machine->RamStart = new Ipa(GuestMap.Ram);
        machine->RamSize = size;
        machine->RamAt = guest->IsRestored ? RestoredMemory(guest) : PageAllocator.AllocateGuest(size, OneGiB);
        if (machine->RamAt.Value == 0 && !guest->IsRestored)
        {
            machine->RamAt = PageAllocator.AllocateGuest(size, TwoMiB);
        }

        if (machine->Stage2Root == null || machine->RamAt.Value == 0
            || !Stage2.Map(machine->Stage2Root, machine->RamStart, machine->RamAt, size, Stage2.Read | Stage2.Write))
        {
            Panic.Refuse("too little memory for the guests: give the machine more (-m), or the guests less"u8);
        }
    }

    // A snapshot's memory is used where it lies: modules one behind the other.
    private static Pa RestoredMemory(GuestConfiguration* guest)
    {
        ulong start = (ulong)guest->Ramdisk.Start;
        ulong end = start + guest->Ramdisk.Size;
        for (uint i = 0; i < guest->ModuleCount; i++)
        {
            end = (ulong)guest->Modules[i].Start == end ? end + guest->Modules[i].Size : 0;
        }

        if ((start & (TwoMiB - 1)) != 0 || end - start != guest->Memory)
        {
            Panic.Refuse("the snapshot's memory is not as much as the guest's, or not in one piece"u8);
        }

        return new Pa(start);
    }

    private static void Load(VirtualMachine* machine, GuestConfiguration* guest, out ulong entry, out ulong deviceTree)
    {
        entry = PlaceKernel(machine, guest, out ulong kernelStart, out ulong kernelEnd);
        ulong half = machine->RamSize / 2;
        ulong ramdisk = machine->RamStart.Value + (half < RamdiskOffset ? half : RamdiskOffset);
        if (kernelEnd > ramdisk)
        {
            ramdisk = (kernelEnd + PageMask) & ~PageMask;
        }

        ulong modules;
        if (kernelStart - machine->RamStart.Value >= RoomForTree)
        {
            deviceTree = machine->RamStart.Value;
            modules = NextModule(ramdisk, guest->Ramdisk.Size);
        }
        else
        {
            deviceTree = NextModule(ramdisk, guest->Ramdisk.Size);
            modules = NextModule(deviceTree, DeviceTreeSize);
        }

        if (guest->Ramdisk.Size != 0 && !GuestImage.Copy(machine, new Ipa(ramdisk), guest->Ramdisk.Start, guest->Ramdisk.Size))
        {
            Panic.Refuse("the guest's memory cannot hold its initrd"u8);
        }

        ulong at = modules;
        for (uint i = 0; i < guest->ModuleCount; i++)
        {
            BootModule* module = guest->Modules + i;
            if (!GuestImage.Copy(machine, new Ipa(at), module->Start, module->Size))
            {
                Panic.Refuse("the guest's memory cannot hold its modules"u8);
            }

            at = NextModule(at, module->Size);
        }

        byte* tree = VirtualMachine.Memory(machine, new Ipa(deviceTree), DeviceTreeSize);
        ulong ramdiskEnd = guest->Ramdisk.Size == 0 ? 0 : ramdisk + guest->Ramdisk.Size;
        if (tree == null || GuestDeviceTree.Write(machine, guest, tree, DeviceTreeSize, ramdisk, ramdiskEnd, modules) == 0)
        {
            Panic.Refuse("the guest's memory cannot hold its device tree"u8);
        }

        if (VirtualMachine.Memory(machine, new Ipa(deviceTree), RoomForTree) != null)
        {
            // Firmware adds to the tree in place.
            DeviceTreeWriter.SetRoom(tree, (uint)RoomForTree);
        }
    }

    // The start is the lowest address of what leaves the start of RAM to the device tree, else that start itself.
    private static ulong PlaceKernel(VirtualMachine* machine, GuestConfiguration* guest, out ulong start, out ulong end)
    {
        byte* module = guest->Kernel.Start;
        ulong size = guest->Kernel.Size;
        ulong entry;
        start = machine->RamStart.Value;
        if (guest->IsFirmware)
        {
            start = ulong.MaxValue;
            end = 0;
            return GuestMap.Flash;
        }

        if (GuestImage.IsElf(module, size))
        {
            if (!GuestImage.IsElfForAarch64(module, size))
            {
                Panic.Refuse("the guest's kernel is an ELF file, but not for little-endian AArch64"u8);
            }

            if (!GuestImage.PlaceElf(machine, module, size, out entry, out start, out end))
            {
                Panic.Refuse("the guest's ELF file is damaged, too large for its memory, or not meant for memory from 0x40000000 up"u8);
            }

            return entry;
        }

        RefuseWrapped(module, size);
        if (!GuestImage.PlaceImage(machine, module, size, out entry, out end))
        {
            Panic.Refuse("the guest's memory cannot hold its kernel"u8);
        }

        return entry;
    }

    private static void RefuseWrapped(byte* module, ulong size)
    {
        if (GuestImage.IsCompressed(module, size))
        {
            Panic.Refuse("the guest's kernel is compressed: use `./build.sh run`, which unpacks it, or pass the unpacked Image"u8);
        }

        if (GuestImage.IsUBootImage(module, size))
        {
            Panic.Refuse("the guest's kernel is a U-Boot uImage: use `./build.sh run`, which unpacks it, or pass its contents"u8);
        }

        if (!GuestImage.IsImage(module, size) && !GuestImage.IsCode(module, size))
        {
            Panic.Refuse("the guest's kernel is neither an arm64 Image nor an ELF file, and does not begin with an instruction"u8);
        }
    }

    private static void PlaceFirmware(VirtualMachine* machine, byte* module, ulong size)
    {
        ulong mapped = (size + PageAllocator.PageSize - 1) & ~(PageAllocator.PageSize - 1);
        Pa at = mapped <= GuestMap.FlashSize ? PageAllocator.AllocateGuest(mapped, TwoMiB) : default;
        if (at.Value == 0 || !Stage2.Map(machine->Stage2Root, new Ipa(GuestMap.Flash), at, mapped, Stage2.Read))
        {
            Panic.Refuse("the firmware does not fit: at most 64 MiB"u8);
        }

        for (ulong i = 0; i < size; i++)
        {
            at.Pointer[i] = module[i];
        }
    }

    private static void CreateVcpus(VirtualMachine* machine, bool redirect)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            byte* pages = PageAllocator.Allocate(VirtualCpu.VncrPageSize + VirtualCpu.Size + VectorState.Size);
            PerCpu* cpu = Cpus.At(s_nextCpu);
            s_nextCpu = s_nextCpu + 1 < Cpus.Count ? s_nextCpu + 1 : 0;
            if (pages == null)
            {
                Panic.Refuse("no memory for a vCPU: give the machine more (-m), or the guests less"u8);
            }

            VirtualCpu* vcpu = (VirtualCpu*)(pages + VirtualCpu.VncrPageSize);
            vcpu->SelfAndContext = (ulong)vcpu;
            vcpu->NewestTrace = cpu->NewestTrace;
            vcpu->Machine = machine;
            vcpu->Cpu = cpu;
            vcpu->HostStack = cpu->Stack;
            vcpu->Index = i;
            vcpu->Window = (machine->Vmid * VirtualGic.MaximumVcpus) + i;
            vcpu->MemoryRedirection = redirect && machine->HasVirtualEl2;
            vcpu->State = RunState.Off;
            vcpu->UnshadowedSlot = UnshadowedSlots.None;
            VcpuReset.Reset(vcpu);
            for (uint j = 0; j < i; j++)
            {
                VirtualCpu* other = VirtualMachine.Vcpu(machine, j);
                if (other->Cpu == cpu)
                {
                    other->HasSibling = true;
                    vcpu->HasSibling = true;
                }
            }

            machine->Vcpus[i] = (ulong)vcpu;
            cpu->Vcpus[cpu->VcpuCount++] = (ulong)vcpu;
        }
    }
}
