// The group fuzz: runs programs that chance wrote on the host (tools/Fuzz). Each program starts from the same state, and a digest of
// what it leaves goes to the console. Two machines that agree print the same lines.
//
// The programs come as an initrd of 64-bit words:
//   header    magic, rows, programs, programs per digest, 1 to show each step + 2 to say what steps reached
//   row       encoding, mask of the bits that all machines agree on
//   program   steps
//   step      PSTATE (bit 32: see Translates; from bit 48: the kind of step), instructions, then the instructions, two in a word

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Programs
{
    private const ulong Magic = 0x317a_7a75_662d_7273;      // "sr-fuzz1"

    // PSTATE.ALLINT: only the hardware has FEAT_NMI.
    private const ulong Compared = ~(1UL << 13);

    // In a step's PSTATE: it may leave EL2's translation on.
    private const ulong Translates = 1UL << 32;

    private const ulong NoPlace = ulong.MaxValue;
    private const uint MostNotes = 4096;

    private static ulong s_digest;
    private static uint s_noted;
    private static bool s_shows;
    private static bool s_covers;
    private static ulong s_program;

    public static void Run()
    {
        if (!BootArguments.TryInitrd(out ulong at) || *(ulong*)at != Magic)
        {
            Hal.Console.WriteLine("fuzz: the initrd has no programs"u8);
            return;
        }

        ulong* header = (ulong*)at;
        uint rowCount = (uint)header[1];
        ulong count = header[2];
        ulong batch = header[3];
        s_shows = (header[4] & 1) != 0;
        s_covers = (header[4] & 2) != 0;
        MachineState.Open(header + 5, rowCount);
        ulong* next = header + 5 + (2 * rowCount);
        for (ulong i = 0; i < count; i++)
        {
            s_program = i;
            Note("program"u8, NoPlace, i);
            next = RunOne(next);
            ShowNotes();
            if ((i + 1) % batch == 0 || i + 1 == count)
            {
                Say("digest "u8, s_digest);
                s_digest = 0;
            }
        }

        Hal.Console.WriteLine("fuzz: done"u8);
    }

    /// <summary>Adds a value to the digest, and shows it where that is wanted.</summary>
    public static void Add(ReadOnlySpan<byte> name, ulong value)
    {
        Mix(value);
        Note(name, NoPlace, value);
    }

    /// <summary>The same, of a numbered place. Shown only if it is not what it was.</summary>
    public static void Add(ReadOnlySpan<byte> name, ulong place, ulong value, ulong before)
    {
        Mix(value);
        if (value != before)
        {
            Note(name, place, value);
        }
    }

    private static void Mix(ulong value)
    {
        const ulong Spread = 0x9e37_79b9_7f4a_7c15;
        ulong mixed = (s_digest ^ value) * Spread;
        s_digest = mixed ^ (mixed >> 29);
    }

    // The console is a device, and each letter an exit: what is to be shown waits until the program is over.
    private static void Note(ReadOnlySpan<byte> name, ulong place, ulong value)
    {
        if (s_shows && s_noted < MostNotes)
        {
            Notes[s_noted].Name = (byte*)Unsafe.AsPointer(in name[0]);
            Notes[s_noted].Length = name.Length;
            Notes[s_noted].Place = place;
            Notes[s_noted++].Value = value;
        }
    }

    private static void ShowNotes()
    {
        for (uint i = 0; i < s_noted; i++)
        {
            Hal.Console.Write(new ReadOnlySpan<byte>(Notes[i].Name, (int)Notes[i].Length));
            if (Notes[i].Place != NoPlace)
            {
                Hal.Console.WriteHex(Notes[i].Place);
            }

            Say(" "u8, Notes[i].Value);
        }

        s_noted = 0;
    }

    private static ulong* RunOne(ulong* program)
    {
        ulong steps = *program++;
        for (ulong i = 0; i < steps; i++)
        {
            ulong pstate = *program++;
            uint length = (uint)*program++;
            Code.Begin();
            for (uint j = 0; j < length; j++)
            {
                Code.Emit(((uint*)program)[j]);
            }

            Code.Finish();
            program += (length + 1) / 2;
            Excursion* end = Excursion.Run((uint)pstate);
            if ((pstate & Translates) != 0)
            {
                MachineState.TranslateNoMore();
            }

            if (s_covers && Outcomes.IsNew((uint)(pstate >> 48), end, out uint outcome))
            {
                Hal.Console.Write("cover "u8);
                Hal.Console.WriteHex(s_program);
                Say(" "u8, outcome);
            }

            Note("step"u8, NoPlace, i);
            Report(end);
        }

        MachineState.Report();
        MachineState.Restore();
        return program;
    }

    // An interrupt leaves ESR, and all but an abort leaves FAR and HPFAR: these are then the machine's, and the last report has them.
    private static void Report(Excursion* end)
    {
        Add("vector"u8, end->Vector);
        Add("esr"u8, end->Esr);
        Add("pc"u8, end->Pc);
        Add("pstate"u8, end->Pstate & Compared);
        Add("far"u8, end->Far);
        Add("hpfar"u8, end->Hpfar);
        for (uint i = 0; i < 31; i++)
        {
            Add("x"u8, i, end->X[i], 0);
        }
    }

    private static void Say(ReadOnlySpan<byte> name, ulong value)
    {
        Hal.Console.Write(name);
        Hal.Console.WriteHex(value);
        Hal.Console.WriteLine();
    }

    // Behind the arena.
    private static Line* Notes => (Line*)0x4700_0000;

    private struct Line
    {
        public byte* Name;
        public long Length;
        public ulong Place;
        public ulong Value;
    }
}
