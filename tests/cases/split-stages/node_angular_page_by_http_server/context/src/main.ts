import '@angular/core';
