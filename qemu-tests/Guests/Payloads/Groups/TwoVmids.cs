// No group of checks: a hypervisor with guests under two VMIDs, which at each key does one thing: runs one of them for a few
// accesses, or executes one TLBI. What a TLBI leaves alone no guest can see, since to forget more is allowed: Nestor is asked from outside,
// by the count of what it has mapped in each shadow.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class TwoVmids
{
    private const ulong Window = 0x8000_0000;
    private const ulong Pages = 3;
    private const ulong Vmid = 1UL << 48;
    private const ulong Hint3 = 7UL << 44;              // 4 KiB granule, level 3
    private const ulong TwoPages = 1UL << 46;           // of a range

    private static ulong s_first;
    private static ulong s_second;
    private static ulong s_other;

    public static void Run()
    {
        El2.Enter(true);
        Stage2Tables.Reset();
        s_first = Build(withRam: false);
        s_other = Build(withRam: false) | Vmid;
        s_second = Build(withRam: true) | (2 * Vmid);
        s_first |= Vmid;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        El2.Change(Hcr.VM);
        Hal.Console.WriteLine("two vmids: at your service"u8);
        while (true)
        {
            byte key;
            while (!Hal.Console.Port.TryReceive(out key))
            {
            }

            if (key == (byte)'q')
            {
                return;
            }

            Hal.Console.Write(Do(key) ? "done: "u8 : "failed: "u8);
            Hal.Console.Port.Send(key);
            Hal.Console.WriteLine();
        }
    }

    // Three pages in the window, and the page of the code: alone, or in a block as large as its table of level 1 has them.
    private static ulong Build(bool withRam)
    {
        if (withRam)
        {
            Stage2Tables.BeginWithRam();
        }
        else
        {
            Stage2Tables.Begin(12, 39, 1);
            Stage2Tables.Map(Symbols.CodeArea, Symbols.CodeArea, 3, Stage2Tables.Plain);
            Probe.CodeAt = Symbols.CodeArea;
        }

        for (ulong i = 0; i < Pages; i++)
        {
            Stage2Tables.Map(Window + (i << 12), Symbols.DataArea + (i << 12), 3, Stage2Tables.Plain);
        }

        return Stage2Tables.Root;
    }

    private static bool Do(byte key)
    {
        ulong page = (Window >> 12) + 1;
        switch (key)
        {
            case (byte)'a':
                return Visit(s_first);
            case (byte)'b':
                return Visit(s_second);
            case (byte)'c':
                return Visit(s_other);
            case (byte)'i':
                return Maintain(s_first, 4, 0, 1, page);                // IPAS2E1IS
            case (byte)'l':
                return Maintain(s_first, 4, 0, 5, page | Hint3);        // IPAS2LE1IS
            case (byte)'h':
                return Maintain(s_second, 4, 0, 1, page | Hint3);
            case (byte)'r':
                return Maintain(s_first, 4, 0, 2, page | TwoPages);     // RIPAS2E1IS
            case (byte)'v':
                return Maintain(s_first, 0, 3, 0, 0);                   // VMALLE1IS
            case (byte)'e':
                return Maintain(s_first, 0, 3, 1, page);                // VAE1IS
            case (byte)'s':
                return Maintain(s_first, 4, 3, 6, 0);                   // VMALLS12E1IS
            case (byte)'1':
                return Maintain(s_first, 4, 3, 4, 0);                   // ALLE1IS
            case (byte)'2':
                return Maintain(s_first, 4, 3, 0, 0);                   // ALLE2IS
            case (byte)'3':
                return Maintain(s_first, 4, 3, 1, page);                // VAE2IS
            default:
                return false;
        }
    }

    private static bool Visit(ulong root)
    {
        Use(root);
        bool good = true;
        for (ulong i = 0; i < Pages; i++)
        {
            good &= Probe.Load(Window + (i << 12))->Finished;
        }

        return good;
    }

    private static bool Maintain(ulong root, uint op1, uint crm, uint op2, ulong operand)
    {
        Use(root);
        return Payloads.Maintain.Tlbi(op1, crm, op2, operand)->Finished;
    }

    private static void Use(ulong root)
    {
        SystemRegisters.VTTBR_EL2 = root;
        Instructions.Isb();
    }
}
