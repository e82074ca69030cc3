using System.Runtime; using Nestor.Hal;
namespace Nestor.Kernel;
public static unsafe class Start {
  [RuntimeExport("nestor_start")] static void Boot(byte* dtb){
    Features.Detect(); Console.Port.Open(0x09000000); Mmu.BuildTables(0x80000000); Mmu.Enable();
    Console.Write("Hello at EL"u8); Console.WriteDecimal(SystemRegisters.CurrentEL>>2); Console.WriteLine(); Console.WriteHex(SystemRegisters.ID_AA64MMFR2_EL1); Console.WriteLine();
    Psci.PowerOff(); }
  [RuntimeExport("nestor_start_secondary")] static void S(byte* dtb){}
  [RuntimeExport("nestor_trap")] static void T(byte* dtb){}
  [RuntimeExport("nestor_interrupt")] static void T1(byte* dtb){}
  [RuntimeExport("nestor_system_error")] static void T2(byte* dtb){}
  [RuntimeExport("nestor_broken")] static void T3(byte* dtb){}
}
