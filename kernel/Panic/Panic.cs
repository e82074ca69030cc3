// Placeholder of the lead, to be replaced whole.
using System; using System.Runtime; using Nestor.Hal;
namespace Nestor.Kernel;
public static unsafe class Panic {
  [RuntimeExport("nestor_broken")] private static void Broken(ulong* f, ulong kind){ Console.Write("nestor: panic: pc "u8); Console.WriteHex(f[32]); Console.Write(" lr "u8); Console.WriteHex(f[30]); Console.Write(" esr "u8); Console.WriteHex(f[34]); Console.Write(" far "u8); Console.WriteHex(f[35]);Console.WriteLine(); Shutdown.End(true);}
  public static void Refuse(ReadOnlySpan<byte> reason){ Console.Write("nestor: "u8); Console.WriteLine(reason); Shutdown.End(true);}
  public static void RefuseWord(ReadOnlySpan<byte> reason, ReadOnlySpan<byte> word){ Console.Write("nestor: "u8); Console.Write(reason); Console.WriteLine(word); Shutdown.End(true);}
}
public static class SelfTest { public static bool TryRun(ReadOnlySpan<byte> w)=>false; }
