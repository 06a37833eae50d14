/** Symbols of the rare earth elements by atomic number: scandium, yttrium, lanthanum to lutetium. */
export const RARE_EARTHS: readonly string[] = "Sc Y La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu"
  .split(" ");
