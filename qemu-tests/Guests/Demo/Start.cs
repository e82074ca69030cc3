// The first C# of the demonstration, from Payloads/Payload.S, and its last: power-off when all went well, else a reset.

using System.Runtime;
using Nestor.Hal;

namespace Nestor.Demo;

internal static unsafe class Start
{
    private const ulong Uart = 0x0900_0000;

    [RuntimeExport("payload_start")]
    private static void Main(byte* tree)
    {
        Hal.Console.Port.Open(Uart);
        Speech.Begin("hello from the guest hypervisor; CurrentEL says EL"u8);
        Hal.Console.WriteDecimal(SystemRegisters.CurrentEL >> 2);
        Hal.Console.WriteLine();
        bool isFine = PlantedBug.Read(tree);
        if (!isFine)
        {
            Speech.Say("bug= is vttbr, maintenance or eret"u8);
        }

        isFine = isFine && GuestHypervisor.Run();
        Speech.Say(isFine ? "the guest is done; switching off"u8 : "giving up"u8);
        End(isFine);
    }

    // Nobody starts a second CPU.
    [RuntimeExport("payload_secondary")]
    private static void Secondary() => End(isFine: false);

    /// <summary>Something is wrong with the guest hypervisor: it says where and stands still, so that it can be looked at.</summary>
    [RuntimeExport("payload_broken")]
    public static void Halt(ulong vector, ulong esr, ulong elr, ulong far)
    {
        Speech.Begin("an exception in the guest hypervisor itself: vector "u8);
        Hal.Console.WriteHex(vector);
        Hal.Console.Write(", ESR "u8);
        Hal.Console.WriteHex(esr);
        Hal.Console.Write(", at "u8);
        Hal.Console.WriteHex(elr);
        Hal.Console.Write(", address "u8);
        Hal.Console.WriteHex(far);
        Hal.Console.WriteLine("; halted"u8);
        while (true)
        {
            Instructions.Wfi();
        }
    }

    private static void End(bool isFine)
    {
        Instructions.SecureMonitorCall(isFine ? Psci.SystemOff : Psci.SystemReset, 0, 0, 0);
        while (true)
        {
            Instructions.Wfi();
        }
    }
}
