// From Nestor's command line and the boot modules to descriptions of guests:
//   guest=NAME cpus=N memory=SIZE el=2|1 nv=2|1 modules=K [bios|restore] [symbols] [start=no]   guest=NAME ...
// The modules, in order of address, belong to the guests in order: each has a kernel, perhaps a ramdisk, and K more;
// with `symbols` one more is not for the guest but for the monitor.
// With neither words nor modules there is one guest, the one that is built in.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The guests that are asked for.</summary>
public static unsafe class GuestPlan
{
    private static Guests s_guests;

    /// <summary>How many guests.</summary>
    public static uint Count { get; private set; }

    /// <summary>A guest by its number.</summary>
    public static GuestConfiguration* At(uint index) => (GuestConfiguration*)((Guests*)Unsafe.AsPointer(ref s_guests))->Bytes + index;

    /// <summary>Reads the words; stops the machine with a clear line at one that makes no sense.</summary>
    public static void ReadWords(ReadOnlySpan<byte> text)
    {
        int position = 0;
        while (true)
        {
            ReadOnlySpan<byte> word = BootWords.Next(text, ref position);
            if (word.Length == 0)
            {
                return;
            }

            if (!TryWord(word))
            {
                Panic.RefuseWord("unknown or impossible word on Nestor's command line: "u8, word);
            }
        }
    }

    /// <summary>Gives the modules to the guests.</summary>
    public static void AssignModules()
    {
        uint next = 0;
        uint guest = 0;
        while (next < HostMachine.ModuleCount || guest < Count)
        {
            if (guest >= Count)
            {
                AddGuest("guest"u8);
            }

            if (next >= HostMachine.ModuleCount || HostMachine.Module(next)->IsRamdisk)
            {
                Panic.Refuse("the boot modules do not fit the guests: each needs a kernel (guest-loader,kernel=...) first"u8);
            }

            GuestConfiguration* configuration = At(guest++);
            HostMachine.Copy(&configuration->Kernel, HostMachine.Module(next++));
            if (configuration->HasSymbols)
            {
                TakeSymbols(configuration, next++);
            }

            if (next < HostMachine.ModuleCount && HostMachine.Module(next)->IsRamdisk)
            {
                HostMachine.Copy(&configuration->Ramdisk, HostMachine.Module(next++));
            }

            configuration->Modules = HostMachine.Module(next);
            next += configuration->ModuleCount;
            if (next > HostMachine.ModuleCount)
            {
                Panic.Refuse("modules=N on Nestor's command line asks for more modules than there are"u8);
            }
        }
    }

    private static void TakeSymbols(GuestConfiguration* guest, uint number)
    {
        BootModule* module = HostMachine.Module(number);
        if (number >= HostMachine.ModuleCount || !SymbolIndex.IsSane(module->Start, module->Size))
        {
            Panic.Refuse("the module for the word symbols is missing, or not what `run --symbols` makes"u8);
        }

        guest->Symbols = module->Start;
    }

    /// <summary>The guest that is built in.</summary>
    public static void AddEmbedded()
    {
        GuestConfiguration* guest = AddGuest("demo"u8);
        guest->Cpus = 1;
        guest->Memory = 32 << 20;
        guest->Kernel.Start = (byte*)ImageLayout.Embedded;
        guest->Kernel.Size = ImageLayout.EmbeddedEnd - ImageLayout.Embedded;
    }

    /// <summary>A guest with the values that it has unless words say otherwise.</summary>
    private static GuestConfiguration* AddGuest(ReadOnlySpan<byte> name)
    {
        if (Count == Machines.Maximum)
        {
            Panic.Refuse("too many guests: at most 8"u8);
        }

        GuestConfiguration* guest = At(Count++);
        GuestConfiguration.SetDefaults(guest);
        guest->Name = (byte*)Unsafe.AsPointer(in name[0]);
        guest->NameLength = (uint)name.Length;
        return guest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryWord(ReadOnlySpan<byte> word)
    {
        if (BootWords.Is(word, "exit=semihosting"u8))
        {
            Shutdown.ThroughSemihosting = true;
            return true;
        }

        if (BootWords.Is(word, "gdb"u8) || BootWords.Is(word, "gdb=wait"u8))
        {
            GdbStub.IsWanted = true;
            GdbStub.GuestsWait = word.Length > "gdb"u8.Length;
            return true;
        }

        if (BootWords.Is(word, "recorded"u8))
        {
            Snapshot.IsRecorded = true;
            return true;
        }

        if (TryNumber(word, "escape"u8, out ulong key))
        {
            MonitorConsole.Escape = (byte)key;
            return key - 1 < MonitorConsole.LastControl;
        }

        if (BootWords.TryValue(word, "guest"u8, out ReadOnlySpan<byte> value))
        {
            return TryGuest(value);
        }

        return Count != 0 ? TryGuestWord(At(Count - 1), word) : SelfTest.TryRun(word);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryGuest(ReadOnlySpan<byte> name)
    {
        if (name.Length == 0 || name.Length > VirtualMachine.MaximumName)
        {
            return false;
        }

        AddGuest(name);
        return true;
    }

    private static bool TryGuestWord(GuestConfiguration* guest, ReadOnlySpan<byte> word)
    {
        if (BootWords.Is(word, "bios"u8))
        {
            guest->IsFirmware = true;
            return true;
        }

        if (BootWords.Is(word, "restore"u8))
        {
            guest->IsRestored = true;
            return true;
        }

        if (BootWords.Is(word, "start=no"u8))
        {
            guest->StaysOff = true;
            return true;
        }

        if (BootWords.Is(word, "symbols"u8))
        {
            guest->HasSymbols = true;
            return true;
        }

        if (TryNumber(word, "cpus"u8, out ulong number))
        {
            guest->Cpus = (uint)number;
            return number >= 1 && number <= VirtualGic.MaximumVcpus;
        }

        if (TryNumber(word, "memory"u8, out number))
        {
            guest->Memory = number;
            return number >= 16 << 20 && (number & 0x1f_ffff) == 0;
        }

        if (TryNumber(word, "el"u8, out number))
        {
            guest->ExceptionLevel = (uint)number;
            return number is 1 or 2;
        }

        if (TryNumber(word, "nv"u8, out number))
        {
            guest->Nv = (uint)number;
            return number is 1 or 2;
        }

        if (TryNumber(word, "modules"u8, out number))
        {
            guest->ModuleCount = (uint)number;
            return number <= GuestConfiguration.MaximumModules;
        }

        return false;
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryNumber(ReadOnlySpan<byte> word, ReadOnlySpan<byte> key, out ulong number)
    {
        number = 0;
        return BootWords.TryValue(word, key, out ReadOnlySpan<byte> value) && BootWords.TryNumber(value, out number);
    }

    private struct Guests
    {
        // Room for Machines.Maximum descriptions of less than 192 bytes.
        public fixed ulong Bytes[(int)Machines.Maximum * 24];
    }
}
