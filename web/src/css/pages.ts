/* Style sheets of single apps, after all others. */
import.meta.glob("./pages/*.css", { eager: true });
