document.title = 'Only the other page needs this';
