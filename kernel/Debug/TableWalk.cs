// A walk of translation tables for people: every step is kept, nothing is changed, and a fault is an answer. Stage 1 in both
// formats, a guest hypervisor's stage 2 and ours are the same walk with other numbers (Arm ARM D8.2); what differs is where a
// table's address leads. Every address in a guest's tables is an allegation.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>One walk: what it goes by, and what it found.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct TableWalk
{
    /// <summary>Most steps: levels -1 to 3 would be five.</summary>
    public const int MaximumSteps = 5;

    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong AddressMask = 0xffff_ffff_ffff;

    /// <summary>Address of the first table.</summary>
    public ulong Root;

    /// <summary>log2 of the granule: 12, 14 or 16.</summary>
    public int Granule;

    /// <summary>Bits of an address.</summary>
    public int InputBits;

    /// <summary>The level of the first table.</summary>
    public int StartLevel;

    /// <summary>Whose addresses the tables have.</summary>
    public TableSource Source;

    /// <summary>Descriptors are big-endian.</summary>
    public bool IsBigEndian;

    /// <summary>Hardware sets access flags, so that a clear one is no fault.</summary>
    public bool SetsAccessFlag;

    /// <summary>Set by the preparation when there is nothing to walk.</summary>
    public WalkEnd End;

    /// <summary>Steps that were made.</summary>
    public int Steps;

    /// <summary>The level of the last one.</summary>
    public int Level;

    /// <summary>Where each step's descriptor is, and what it is; the first has <see cref="StartLevel"/>.</summary>
    public fixed ulong At[MaximumSteps];
    public fixed ulong Descriptor[MaximumSteps];

    /// <summary>Where the address leads.</summary>
    public ulong Output;

    /// <summary>log2 of the page or block around it.</summary>
    public int Shift;

    /// <summary>The last descriptor.</summary>
    public static ulong Last(TableWalk* walk) => walk->Descriptor[walk->Steps - 1];

    /// <summary>Walks tables of the machine or of the VM's memory.</summary>
    /// <returns>Whether the address is mapped, or is its own output.</returns>
    public static bool Run(TableWalk* walk, VirtualMachine* machine, ulong address)
    {
        if (!Begin(walk, address))
        {
            return walk->End == WalkEnd.Off;
        }

        ulong at = First(walk, address);
        while (Step(walk, machine, at, at, address))
        {
            at = Next(walk, address);
        }

        return walk->End == WalkEnd.Mapped;
    }

    /// <summary>The same for tables whose addresses the guest hypervisor's stage 2 translates.</summary>
    /// <param name="walk">The walk, of <see cref="TableSource.Nested"/>.</param>
    /// <param name="stage2">A prepared walk of the guest hypervisor's stage 2, used for each table.</param>
    /// <param name="machine">The VM.</param>
    /// <param name="address">What to translate.</param>
    public static bool RunNested(TableWalk* walk, TableWalk* stage2, VirtualMachine* machine, ulong address)
    {
        if (!Begin(walk, address))
        {
            return walk->End == WalkEnd.Off;
        }

        ulong at = First(walk, address);
        do
        {
            if (!Run(stage2, machine, at))
            {
                walk->At[walk->Steps] = at;
                walk->Descriptor[walk->Steps++] = 0;
                walk->End = WalkEnd.TableStage2;
                return false;
            }

            if (!Step(walk, machine, at, stage2->Output, address))
            {
                return walk->End == WalkEnd.Mapped;
            }

            at = Next(walk, address);
        }
        while (true);
    }

    private static bool Begin(TableWalk* walk, ulong address)
    {
        walk->Steps = 0;
        walk->Output = address;
        walk->Shift = 12;
        walk->Level = walk->StartLevel;
        if (walk->End is WalkEnd.Off or WalkEnd.Range)
        {
            return false;
        }

        int indexBits = walk->InputBits - ShiftOf(walk);
        walk->End = walk->StartLevel < -1 || walk->StartLevel > 3 || indexBits < 1 || indexBits > walk->Granule + 1 ? WalkEnd.Configuration
            : walk->InputBits < 64 && address >> walk->InputBits != 0 ? WalkEnd.Range
            : WalkEnd.Mapped;
        return walk->End == WalkEnd.Mapped;
    }

    private static int ShiftOf(TableWalk* walk) => walk->Granule + ((3 - walk->Level) * (walk->Granule - 3));

    // The first table has as many entries as there are address bits left, stage 2's several tables in one.
    private static ulong First(TableWalk* walk, ulong address)
    {
        int bits = walk->InputBits - ShiftOf(walk);
        return (walk->Root & ~((8UL << bits) - 1)) + ((address >> ShiftOf(walk) & ((1UL << bits) - 1)) * 8);
    }

    private static ulong Next(TableWalk* walk, ulong address)
    {
        walk->Level++;
        ulong table = Last(walk) & AddressMask & ~((1UL << walk->Granule) - 1);
        return table + ((address >> ShiftOf(walk) & ((1UL << (walk->Granule - 3)) - 1)) * 8);
    }

    // Reads one descriptor; true when it leads to another table.
    private static bool Step(TableWalk* walk, VirtualMachine* machine, ulong shown, ulong at, ulong address)
    {
        ulong* entry = walk->Source == TableSource.Host ? (ulong*)at : (ulong*)VirtualMachine.Memory(machine, new Ipa(at), 8);
        ulong descriptor = entry == null ? 0 : walk->IsBigEndian ? GuestStage2Walk.Swap(*entry) : *entry;
        int shift = ShiftOf(walk);
        walk->At[walk->Steps] = shown;
        walk->Descriptor[walk->Steps++] = descriptor;
        walk->Shift = shift;
        bool isTable = (descriptor & TableOrPage) != 0;
        if (entry == null)
        {
            walk->End = WalkEnd.TableAbort;
        }
        else if ((descriptor & Valid) == 0 || (walk->Level == 3 ? !isTable : !isTable && !HasBlocks(walk)))
        {
            walk->End = WalkEnd.Translation;
        }
        else if (walk->Level < 3 && isTable)
        {
            return true;
        }
        else
        {
            ulong mask = (1UL << shift) - 1;
            walk->Output = (descriptor & AddressMask & ~mask) | (address & mask);
            walk->End = (descriptor & AccessFlag) == 0 && !walk->SetsAccessFlag ? WalkEnd.AccessFlag : WalkEnd.Mapped;
        }

        return false;
    }

    private static bool HasBlocks(TableWalk* walk) => walk->Granule == 12 ? walk->Level is 1 or 2 : walk->Level == 2;
}
